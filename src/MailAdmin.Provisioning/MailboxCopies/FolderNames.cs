using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.Cyrus;
using MailKit;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>Chooses the folder here for each folder of the other server: the same name where this server allows it.</summary>
/// <param name="present">The folders here with their special use.</param>
/// <param name="separator">What separates levels here.</param>
/// <param name="known">What earlier runs chose, by the name there: a folder keeps its name.</param>
internal sealed class FolderNames(
    IReadOnlyDictionary<string, SpecialFolder?> present, char separator, IReadOnlyDictionary<string, string> known)
{
    private readonly Dictionary<string, string> _chosen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(known.Values, StringComparer.Ordinal);

    /// <summary>The name here, with <c>/</c> between levels. Parents have to be asked for before their subfolders.</summary>
    /// <param name="folder">A folder of the other server.</param>
    /// <param name="use">Its special use, also one that only its name tells.</param>
    public string Of(SourceFolder folder, SpecialFolder? use)
    {
        if (!known.TryGetValue(folder.Raw, out var name)) name = folder.IsInbox ? "INBOX" : New(folder, use);
        _chosen[folder.Name] = name;
        return name;
    }

    /// <summary>Another name for a folder whose name this server refused: without everything that is special anywhere.</summary>
    public string Simpler(SourceFolder folder, string refused)
    {
        _taken.Remove(refused);
        var simple = string.Join('/', refused.Split('/').Select(l => new string([.. l.Select(c => IsPlain(c) ? c : '_')]).Trim()));
        return _chosen[folder.Name] = Free(simple.Length == 0 ? "_" : simple);
    }

    /// <summary>The special use of a folder: what the server says, or, if it says nothing of any folder, what the name says.</summary>
    public static SpecialFolder? UseOf(SourceFolder folder, IReadOnlyCollection<SourceFolder> all) =>
        folder.Use ?? (folder.Levels.Count == 1 && SpecialUses.Of(folder.Name) is { } named && !all.Any(f => f.Use == named)
            ? named : null);

    private string New(SourceFolder folder, SpecialFolder? use)
    {
        if (use is { } mark && Own(mark) is { } own) return own;
        var last = Level(folder.Levels[^1]);
        if (folder.Levels.Count == 1) return Free(last);
        var parents = folder.Levels.SkipLast(1).ToList();
        return Free($"{_chosen.GetValueOrDefault(string.Join('/', parents)) ?? string.Join('/', parents.Select(Level))}/{last}");
    }

    // The account's own folder of this use, by its mark or else by its name.
    private string? Own(SpecialFolder use) =>
        present.Where(f => f.Value == use).Select(f => f.Key).FirstOrDefault()
        ?? present.Keys.Where(n => SpecialUses.Of(n) == use).Order(StringComparer.Ordinal).FirstOrDefault();

    // A level can contain neither this server's separator nor the slash that separates levels on the pages.
    private string Level(string level) =>
        new([.. level.Select(c => c == separator || c == '/' || char.IsControl(c) ? '_' : c)]);

    // Two folders there never become one here, only because their names differ in what this server does not allow.
    private string Free(string name)
    {
        var free = name;
        for (var number = 2; !_taken.Add(free); number++) free = $"{name} ({number})";
        return free;
    }

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '/' or ' ' or '-' or '_' or '.' or ',' or '(' or ')';

    /// <summary>The kind of problem to tell if the name is another one, or null.</summary>
    public static CopyProblemKind? Told(SourceFolder folder, string target, SpecialFolder? use) =>
        folder.IsInvalid ? CopyProblemKind.FolderNameInvalid
        : target != folder.Name && use is null && !target.EndsWith("/" + folder.Levels[^1], StringComparison.Ordinal)
            ? CopyProblemKind.FolderRenamed : null;
}
