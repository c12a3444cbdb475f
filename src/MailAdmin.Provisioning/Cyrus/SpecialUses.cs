using MailKit;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// The special use (RFC 6154) of default folders, by their names in the panel's languages: a mail program then uses Envoyés for sent mail
/// instead of making a folder Sent as well. A folder has one use, and a use has one folder.
/// </summary>
internal static class SpecialUses
{
    private static readonly Dictionary<string, SpecialFolder> _uses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Sent"] = SpecialFolder.Sent,
        ["Sent Items"] = SpecialFolder.Sent,
        ["Sent Messages"] = SpecialFolder.Sent,
        ["Envoyés"] = SpecialFolder.Sent,
        ["Éléments envoyés"] = SpecialFolder.Sent,
        ["Messages envoyés"] = SpecialFolder.Sent,
        ["Verzonden"] = SpecialFolder.Sent,
        ["Verzonden items"] = SpecialFolder.Sent,
        ["Verzonden berichten"] = SpecialFolder.Sent,
        ["Gesendet"] = SpecialFolder.Sent,
        ["Gesendete Objekte"] = SpecialFolder.Sent,
        ["Gesendete Elemente"] = SpecialFolder.Sent,
        ["Drafts"] = SpecialFolder.Drafts,
        ["Brouillons"] = SpecialFolder.Drafts,
        ["Concepten"] = SpecialFolder.Drafts,
        ["Entwürfe"] = SpecialFolder.Drafts,
        ["Trash"] = SpecialFolder.Trash,
        ["Deleted Items"] = SpecialFolder.Trash,
        ["Deleted Messages"] = SpecialFolder.Trash,
        ["Corbeille"] = SpecialFolder.Trash,
        ["Éléments supprimés"] = SpecialFolder.Trash,
        ["Prullenbak"] = SpecialFolder.Trash,
        ["Verwijderde items"] = SpecialFolder.Trash,
        ["Papierkorb"] = SpecialFolder.Trash,
        ["Gelöschte Objekte"] = SpecialFolder.Trash,
        ["Gelöschte Elemente"] = SpecialFolder.Trash,
        ["Junk"] = SpecialFolder.Junk,
        ["Spam"] = SpecialFolder.Junk,
        ["Junk E-mail"] = SpecialFolder.Junk,
        ["Indésirables"] = SpecialFolder.Junk,
        ["Courrier indésirable"] = SpecialFolder.Junk,
        ["Pourriel"] = SpecialFolder.Junk,
        ["Ongewenst"] = SpecialFolder.Junk,
        ["Ongewenste e-mail"] = SpecialFolder.Junk,
        ["Unerwünscht"] = SpecialFolder.Junk,
        ["Werbung"] = SpecialFolder.Junk,
        ["Archive"] = SpecialFolder.Archive,
        ["Archives"] = SpecialFolder.Archive,
        ["Archief"] = SpecialFolder.Archive,
        ["Archiv"] = SpecialFolder.Archive,
    };

    /// <summary>The special use of a folder name, or null. Subfolders have none.</summary>
    public static SpecialFolder? Of(string name) => _uses.TryGetValue(name, out var use) ? use : null;
}
