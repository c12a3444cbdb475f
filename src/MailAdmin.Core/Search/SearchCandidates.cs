using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Search;

/// <param name="Text">The text that matched; the whole address if the search has an @.</param>
internal sealed record SearchCandidate(SearchKind Kind, long SubjectId, string Text, SearchDomain Domain);

/// <summary>
/// Reads candidates for the best matches with one command whose work is bounded: for each kind, a limited number of entries that begin with
/// the text, in which a word begins with it, and that contain it. For a text with more matches than that, the user should enter a longer
/// one.
/// </summary>
internal static class SearchCandidates
{
    // Number of entries of one kind and match rank that are compared with one another.
    public const int RankLimit = 100;

    // Number of entries of one kind that are scanned for a text that is too short for the index.
    private const int ScanLimit = 2_000;

    // Up to this number of domains, all their entries are scanned; in the domains of a whole host these might be far apart.
    private const int FewDomains = 20;

    // Up to this number of domains, entries that begin with the text are looked up domain by domain. In the order of the texts, those of
    // all other customers would be skipped one by one.
    private const int SomeDomains = 200;

    // Number of domain names matching the part after an @ whose addresses are scanned.
    private const int Names = 50;

    private const string ALabel = "xn--";

    // The last ASCII character, greater than any in an entry.
    private const char Last = '\x7f';

    private static readonly char[] BeforeWords = ['.', '-', '_', '@', '+', '&', '=', '\''];

    public static async Task<IReadOnlyList<SearchCandidate>> ListAsync(
        MailContext context, SearchText text, IReadOnlySet<long>? visible, IReadOnlyList<SearchKind> kinds,
        CancellationToken cancellationToken)
    {
        var lookup = new Lookup(context, visible?.ToList(), text);
        var entries = kinds.SelectMany(lookup.Of).Aggregate((all, more) => all.Concat(more));
        // Deleted accounts are hidden.
        return await (
            from e in entries
            join d in context.Domains on e.DomainId equals d.Id
            where (e.Kind != SearchKind.Account && e.Kind != SearchKind.Redirect)
                || context.Accounts.Any(a => a.Id == e.SubjectId && a.State != AccountState.Deleted)
            select new SearchCandidate(e.Kind, e.SubjectId, e.Text, new(d.Name, d.State, d.Routing, d.AccountCount, d.MaxAccounts)))
                .ToListAsync(cancellationToken);
    }

    private sealed class Found
    {
        public SearchKind Kind { get; init; }

        public long DomainId { get; init; }

        public long SubjectId { get; init; }

        public required string Text { get; init; }
    }

    private sealed class Lookup(MailContext context, List<long>? visible, SearchText text)
    {
        private bool GoesThrough => visible is { Count: <= FewDomains };

        public IEnumerable<IQueryable<Found>> Of(SearchKind kind)
        {
            if (text.Address is var (left, right) && kind is SearchKind.Account or SearchKind.Alias) return Addresses(kind, left, right);
            return Entries(kind)
                .Select(entries =>
                entries.Select(e => new Found { Kind = e.Kind, DomainId = e.DomainId, SubjectId = e.SubjectId, Text = e.Text }));
        }

        private IEnumerable<IQueryable<SearchEntry>> Entries(SearchKind kind)
        {
            var value = text.Value;
            if (text.IsInternational) return [Indexed(kind, [ALabel]).Take(ScanLimit)];
            if (GoesThrough) return [Shortest(Beginning(All(kind), value)), Shortest(All(kind).Where(e => e.Text.Contains(value)))];
            var beginning = visible is { Count: <= SomeDomains } ? Shortest(Beginning(All(kind), value)) : Beginning(All(kind), value)
                .OrderBy(e => e.Text).Take(RankLimit);
            if (text.IsShort)
                return [beginning, All(kind).OrderBy(e => e.Text).Take(ScanLimit).Where(e => e.Text.Contains(value)).OrderBy(e => e.Text)
                    .Take(RankLimit)];
            return [beginning, Indexed(kind, BeforeWords.Select(c => c + value)).Take(RankLimit), Indexed(kind, [value]).Take(RankLimit)];
        }

        // Addresses are stored as local parts, since they work under each name of their domain. The query starts from the name and from the
        // local part, because one of the two is selective enough.
        private IEnumerable<IQueryable<Found>> Addresses(SearchKind kind, string left, string right)
        {
            // A join by WHERE becomes a CROSS JOIN, so SQLite keeps the order, the small side first. That side is limited to visible
            // domains, and therefore the other one is too.
            var (entries, names) = (
                context.SearchEntries.Where(e => e.Kind == kind),
                Beginning(context.SearchEntries.Where(e => e.Kind == SearchKind.Domain), right));
            yield return Shortest(
                from name in Beginning(All(SearchKind.Domain), right).OrderBy(n => n.Text).Take(Names)
                from e in entries
                where e.DomainId == name.DomainId && e.Text.EndsWith(left)
                select new Found { Kind = e.Kind, DomainId = e.DomainId, SubjectId = e.SubjectId, Text = e.Text + "@" + name.Text });
            if (left.Length < SearchText.IndexedLength || GoesThrough) yield break;
            yield return Shortest(
                from e in Indexed(kind, [left]).Take(ScanLimit)
                from name in names
                where e.DomainId == name.DomainId && e.Text.EndsWith(left)
                select new Found { Kind = e.Kind, DomainId = e.DomainId, SubjectId = e.SubjectId, Text = e.Text + "@" + name.Text });
        }

        private static IQueryable<Found> Shortest(IQueryable<Found> found) =>
            found.OrderBy(f => f.Text.Length).ThenBy(f => f.Text).Take(RankLimit);

        // Not sorted by the text alone: SQLite would then read the entries of all domains in the order of their texts.
        private static IQueryable<SearchEntry> Shortest(IQueryable<SearchEntry> entries) =>
            entries.OrderBy(e => e.Text.Length).ThenBy(e => e.Text).Take(RankLimit);

        private IQueryable<SearchEntry> Indexed(SearchKind kind, IEnumerable<string> texts) =>
            Visible(context.Containing(kind, texts)).OrderBy(e => e.Id);

        private IQueryable<SearchEntry> All(SearchKind kind) => Visible(context.SearchEntries.Where(e => e.Kind == kind));

        private IQueryable<SearchEntry> Visible(IQueryable<SearchEntry> entries) =>
            visible is null ? entries : entries.Where(e => EF.Parameter(visible).Contains(e.DomainId));

        private static IQueryable<SearchEntry> Beginning(IQueryable<SearchEntry> entries, string value)
        {
            var end = value + Last;
#pragma warning disable CA1309 // The database compares, octet by octet; a comparison by StringComparison cannot be translated.
            return entries.Where(e => string.Compare(e.Text, value) >= 0 && string.Compare(e.Text, end) < 0);
#pragma warning restore CA1309
        }
    }
}
