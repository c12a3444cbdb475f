using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;

namespace MailAdmin.Core.Search;

/// <summary>
/// Searches the names of domains, usernames, addresses, aliases, and the destinations of aliases and redirects. The best matches come
/// first: equal texts, texts that begin with it, in which a word begins with it, that contain it; shorter ones before longer ones.
/// </summary>
public sealed class SearchRepository(MailDatabase database, AccountRepository accounts, AliasRepository aliases, DatabaseOptions options)
{
    /// <param name="text">Taken literally, in any case.</param>
    /// <param name="visible">Ids of the domains to search; null means all.</param>
    /// <param name="kind">The only kind to search, or null for all.</param>
    /// <param name="size">Number of hits per kind.</param>
    /// <param name="first">Number of hits to skip.</param>
    public async Task<SearchResults> FindAsync(
        SearchText text, IReadOnlySet<long>? visible, SearchKind? kind, int size, int first = 0,
        CancellationToken cancellationToken = default)
    {
        // A mailbox as spelled in the mail log: username@STORE.
        if (text.Address is ({ Length: > 0 } left, var right) && right == options.StoreName.Value) text = SearchText.Of(left) ?? text;
        await using var context = database.Open();
        SearchKind[] kinds = kind is { } one ? [one] : Enum.GetValues<SearchKind>();
        var candidates = await SearchCandidates.ListAsync(context, text, visible, kinds, cancellationToken);
        var ranked = candidates.Select(c => Rank(c, text)).OfType<Ranked>()
            .OrderBy(r => r.MatchRank).ThenBy(r => r.Text.Length).ThenBy(r => r.Text, StringComparer.Ordinal)
                .ThenBy(r => r.Candidate.SubjectId)
            .DistinctBy(r => (r.Candidate.Kind, r.Candidate.SubjectId)).ToLookup(r => r.Candidate.Kind);
        var pages = kinds.ToDictionary(k => k, k => Paging.Clamp(first, size, ranked[k].Count()));
        var shown = kinds.ToDictionary(k => k, k => ranked[k].Skip(pages[k]).Take(size).ToList());
        var accountRows = await accounts.FindAsync(
            [.. Subjects(shown, SearchKind.Account), .. Subjects(shown, SearchKind.Redirect)], cancellationToken);
        var aliasRows = await aliases.FindAsync(
            [.. Subjects(shown, SearchKind.Alias), .. Subjects(shown, SearchKind.Destination)], cancellationToken);
        return new(
            [.. kinds.Where(k => ranked[k].Any())
                .Select(k => new SearchGroup(k, new([.. shown[k].Select(Hit)], pages[k], size, ranked[k].Count()), IsAll(k)))]);

        // With the maximum number of candidates the list may be cut off; for a short text the index finds only some matches.
        bool IsAll(SearchKind one) => !text.IsShort && candidates.Count(c => c.Kind == one) < SearchCandidates.RankLimit;

        SearchHit Hit(Ranked r) => new(
            r.Candidate.Domain, r.Text,
            r.Candidate.Kind is SearchKind.Account or SearchKind.Redirect ? accountRows.GetValueOrDefault(r.Candidate.SubjectId) : null,
            r.Candidate.Kind is SearchKind.Alias or SearchKind.Destination ? aliasRows.GetValueOrDefault(r.Candidate.SubjectId) : null,
            r.Candidate.Kind is SearchKind.Destination or SearchKind.Redirect);
    }

    private static Ranked? Rank(SearchCandidate candidate, SearchText text)
    {
        var shown = SearchText.Display(candidate.Kind, candidate.Text);
        var rank = MatchRanks.Of(candidate.Text, text.Value) ?? MatchRanks.Of(shown, text.Value)
            ?? (candidate.Kind is SearchKind.Account or SearchKind.Alias ? MatchRanks.Of(candidate.Text, text.Untagged) : null);
        return rank is null ? null : new(candidate, shown, rank.Value);
    }

    private static List<long> Subjects(Dictionary<SearchKind, List<Ranked>> shown, SearchKind kind) =>
        shown.TryGetValue(kind, out var hits) ? [.. hits.Select(h => h.Candidate.SubjectId)] : [];

    private sealed record Ranked(SearchCandidate Candidate, string Text, MatchRank MatchRank);
}
