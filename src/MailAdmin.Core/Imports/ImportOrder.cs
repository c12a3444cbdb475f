using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;

namespace MailAdmin.Core.Imports;

/// <summary>
/// Marks rows that repeat another one, and puts the others in order: accounts, then aliases, each after those that it leads to, so that its
/// destinations exist. Aliases that lead in a circle are refused by the service.
/// </summary>
internal static class ImportOrder
{
    public static List<ImportedRow> Of(IReadOnlyList<ImportedRow> rows)
    {
        MarkRepeated(rows);
        var aliases = rows.Where(r => r.Kind == ImportKind.Alias).ToList();
        var bySubject = aliases.Where(r => r.Problems.Count == 0).ToDictionary(r => r.Subject, StringComparer.OrdinalIgnoreCase);
        var ordered = rows.Where(r => r.Kind == ImportKind.Account).ToList();
        var seen = new HashSet<ImportedRow>();
        foreach (var alias in aliases) Add(alias, bySubject, seen, ordered);
        return ordered;
    }

    // Without recursion: a list may have a chain of thousands.
    private static void Add(
        ImportedRow alias, Dictionary<string, ImportedRow> bySubject, HashSet<ImportedRow> seen, List<ImportedRow> ordered)
    {
        var path = new Stack<(ImportedRow Row, bool Entered)>([(alias, false)]);
        while (path.TryPop(out var next))
        {
            if (next.Entered) ordered.Add(next.Row);
            else if (seen.Add(next.Row))
            {
                path.Push((next.Row, true));
                foreach (var text in next.Row.Destinations ?? [])
                {
                    var whole = text.Contains('@', StringComparison.Ordinal) ? text : $"{text}@{next.Row.Domain?.Name}";
                    if (bySubject.TryGetValue(whole, out var other) && !seen.Contains(other)) path.Push((other, false));
                }
            }
        }
    }

    private static void MarkRepeated(IReadOnlyList<ImportedRow> rows)
    {
        var addresses = new Dictionary<(long, LocalPart), int>();
        var names = new Dictionary<Username, int>();
        foreach (var row in rows.Where(r => r.LocalPart is not null))
        {
            var repeated = row.Addresses.Select(p => addresses.GetValueOrDefault((row.Domain!.Id, p))).FirstOrDefault(line => line > 0);
            if (repeated == 0 && row.Username is { } name) repeated = names.GetValueOrDefault(name);
            if (repeated > 0)
            {
                row.Problems.Add(ImportProblems.RowTwice(repeated));
                continue;
            }
            foreach (var part in row.Addresses) addresses[(row.Domain!.Id, part)] = row.Source.Line;
            if (row.Username is { } own) names[own] = row.Source.Line;
        }
    }
}
