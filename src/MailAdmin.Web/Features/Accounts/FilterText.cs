using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Texts about the actions of a user's own script, and about the rights that a user gave to others.</summary>
internal static class FilterText
{
    /// <summary>One sentence for each of its actions.</summary>
    /// <param name="view">Its script could be read.</param>
    public static IEnumerable<(string Style, string Sentence)> Of(FilterView view)
    {
        foreach (var redirect in view.Redirects)
            yield return (view.IsLoop(redirect) || view.IsOutside(redirect.Address) ? "bad" : "wait", Of(view, redirect));
        foreach (var sender in view.ForeignSenders)
            yield return ("bad", FilterTexts.FormatSender(sender is null ? FilterTexts.AnyAddress : Shown(sender)));
        var summary = view.Script!.Summary;
        if (summary.Discards) yield return ("wait", FilterTexts.Discards);
        if (summary.Rejects) yield return ("wait", FilterTexts.Rejects);
        if (summary.Answers) yield return ("wait", FilterTexts.Answers);
        if (summary.IncludesUnknown) yield return ("wait", FilterTexts.IncludesUnknown);
        if (summary.IsHarmless) yield return ("ok", FilterTexts.Files);
        if (view.Script.IsSetAside) yield return ("idle", FilterTexts.Waiting);
    }

    /// <summary>The outside addresses that it redirects to.</summary>
    public static string OutsideOf(FilterView view) =>
        string.Join(
            ", ", view.Redirects.Where(r => view.IsOutside(r.Address))
                .Select(r => r.Address is null ? FilterTexts.AnyAddress : Shown(r.Address)));

    public static string HolderOf(Sharer sharer) => sharer.Holder switch
    {
        RightsHolder.Everybody => FilterTexts.FormatEverybody(sharer.Identifier),
        RightsHolder.Stranger => FilterTexts.FormatStranger(sharer.Identifier),
        RightsHolder.Nobody => FilterTexts.FormatNobody(sharer.Identifier),
        _ => sharer.Identifier,
    };

    /// <summary>
    /// "INBOX (read), Projects (read, add mail)". #sieve, which mail programs don't show, has the mailbox's rights: it is named only if
    /// there are no other folders.
    /// </summary>
    public static string RightsOf(Sharer sharer)
    {
        var shown = sharer.Rights.Where(r => r.Folder != "#sieve").ToList();
        return string.Join(
            ", ", (shown.Count == 0 ? sharer.Rights : shown)
                .Select(r => $"{(r.Folder.Length == 0 ? "INBOX" : r.Folder)} ({string.Join(", ", Verbs(r))})"));
    }

    private static IEnumerable<string> Verbs(FolderRight right)
    {
        if (Has(right, "r")) yield return FilterTexts.Reads;
        if (Has(right, "ip")) yield return FilterTexts.Adds;
        if (Has(right, "wtexkcd")) yield return FilterTexts.Changes;
        if (Has(right, "a")) yield return FilterTexts.Grants;
        if (!Has(right, "ripwtexkcda")) yield return FilterTexts.Lists;
    }

    private static bool Has(FolderRight right, string any) => right.Rights.Any(r => any.Contains(r, StringComparison.Ordinal));

    private static string Of(FilterView view, ScriptRedirect redirect)
    {
        var address = redirect.Address is null ? FilterTexts.AnyAddress : Shown(redirect.Address);
        if (view.IsLoop(redirect)) return FilterTexts.FormatLoop(address);
        return (view.IsOutside(redirect.Address), redirect.KeepsCopy) switch
        {
            (true, true) => FilterTexts.FormatOutsideCopy(address),
            (true, false) => FilterTexts.FormatOutside(address),
            (false, true) => FilterTexts.FormatHereCopy(address),
            _ => FilterTexts.FormatHere(address),
        };
    }

    // Another program wrote the address, so it may be invalid.
    private static string Shown(string address) => AddrSpec.TryParse(address, out var parsed) ? parsed.Display : address;
}
