using System.Runtime.CompilerServices;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Audit;

/// <summary>
/// Reads the audit. Rows are never counted, so a page costs the same among a hundred events and among a million.
/// </summary>
public sealed class AuditRepository(MailDatabase database)
{
    private const int ExportBatch = 1_000;

    /// <param name="olderThan">The page begins after this position; if both are null, it is the first page.</param>
    /// <param name="newerThan">The page ends before this position.</param>
    public async Task<AuditPage> ListAsync(
        AuditFilter filter, AuditCursor? olderThan, AuditCursor? newerThan, int size, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var events = await MatchingAsync(context, filter, cancellationToken);
        if (newerThan is not null)
        {
            var newer = await Newer(events, newerThan).Take(size + 1).ToListAsync(cancellationToken);
            newer.Reverse();
            if (newer.Count > size) return new(newer[1..], AuditCursor.Of(newer[1]), AuditCursor.Of(newer[^1]));
            // The first page is reached.
            if (newer.Count > 0) return new(newer, null, AuditCursor.Of(newer[^1]));
        }
        var rows = await Older(events, olderThan).Take(size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(size).ToList();
        return new(
            shown, olderThan is null
            || shown.Count == 0 ? null : AuditCursor.Of(shown[0]), rows.Count > size ? AuditCursor.Of(shown[^1]) : null);
    }

    /// <summary>All matching events, latest first, read in batches, so that a slow reader holds up nobody.</summary>
    public async IAsyncEnumerable<AuditEvent> ReadAsync(
        AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var events = await MatchingAsync(context, filter, cancellationToken);
        for (AuditCursor? place = null; ;)
        {
            var rows = await Older(events, place).Take(ExportBatch).ToListAsync(cancellationToken);
            foreach (var row in rows) yield return row;
            if (rows.Count < ExportBatch) yield break;
            place = AuditCursor.Of(rows[^1]);
        }
    }

    /// <summary>All events after this one, oldest first, read in the same way.</summary>
    /// <param name="after">The id of an event; 0 for all of them.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<AuditEvent> ReadAfterAsync(
        long after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        for (var last = after; ;)
        {
            var place = last;
            var rows = await context.AuditEvents.Where(e => e.Id > place).OrderBy(e => e.Id).Take(ExportBatch)
                .ToListAsync(cancellationToken);
            foreach (var row in rows) yield return row;
            if (rows.Count < ExportBatch) yield break;
            last = rows[^1].Id;
        }
    }

    /// <summary>Links to the subjects of these events, if they still exist.</summary>
    public async Task<IReadOnlyDictionary<long, AuditLink>> LinksAsync(
        IReadOnlyCollection<AuditEvent> events, CancellationToken cancellationToken = default)
    {
        var domains = events.Select(e => e.DomainId).OfType<long>().Distinct().ToList();
        if (domains.Count == 0) return new Dictionary<long, AuditLink>();
        var texts = events.Where(e => e.DomainId is not null).Select(e => e.Subject.Split('@')[0]).Distinct(StringComparer.Ordinal)
            .ToList();
        await using var context = database.Open();
        var found = await context.SearchEntries
            .Where(s =>
                domains.Contains(s.DomainId)
                && (s.Kind == SearchKind.Domain
                || ((s.Kind == SearchKind.Account || s.Kind == SearchKind.Alias) && texts.Contains(s.Text))))
            .Join(context.Domains.Where(d => d.State != DomainState.Deleting), s =>
                s.DomainId, d => d.Id, (s, d) => new Found(s.Kind, d.Id, d.Name, s.SubjectId, s.Text))
            .ToListAsync(cancellationToken);
        var links = events.Select(e => (e.Id, Link: LinkOf(e, found))).Where(l => l.Link is not null);
        return links.ToDictionary(l => l.Id, l => l.Link!);
    }

    private static AuditLink? LinkOf(AuditEvent item, List<Found> found)
    {
        var here = found.Where(f => f.DomainId == item.DomainId).ToList();
        if (here.Count == 0) return null;
        var name = here[0].Domain;
        if (item.Subject.Split('@') is [var part, _])
            return here.Find(f => f.Kind == SearchKind.Alias && f.Text == part) is { } alias ? new(name, null, alias.SubjectId) : null;
        if (here.Exists(f => f.Kind == SearchKind.Account && f.Text == item.Subject)) return new(name, item.Subject, null);
        return here.Exists(f => f.Kind == SearchKind.Domain && f.Text == item.Subject) ? new(name, null, null) : null;
    }

    private static IOrderedQueryable<AuditEvent> Older(IQueryable<AuditEvent> events, AuditCursor? place)
    {
        if (place is var (at, id)) events = events.Where(e => e.At <= at && (e.At < at || e.Id < id));
        return events.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);
    }

    private static IOrderedQueryable<AuditEvent> Newer(IQueryable<AuditEvent> events, AuditCursor place) =>
        events.Where(e => e.At >= place.At && (e.At > place.At || e.Id > place.Id)).OrderBy(e => e.At).ThenBy(e => e.Id);

    private static async Task<IQueryable<AuditEvent>> MatchingAsync(
        MailContext context, AuditFilter filter, CancellationToken cancellationToken)
    {
        var events = context.AuditEvents.AsQueryable();
        if (filter.Visible is { } visible) events = events.Where(e => e.DomainId != null && visible.Contains(e.DomainId.Value));
        if (filter.Domain is { } domain) events = events.Where(e => e.Domain == domain);
        if (filter.Actor is { } actor) events = events.Where(e => e.ActorName == actor);
        if (filter.Kind is { } kind) events = events.Where(e => e.Kind == kind);
        if (filter.From is { } from) events = events.Where(e => e.At >= from);
        if (filter.Before is { } before) events = events.Where(e => e.At < before);
        if (filter.Subject is not { } subject) return events;
        var subjects = await SubjectsAsync(context, subject, cancellationToken);
        return events.Where(e => subjects.Contains(e.Subject));
    }

    // Accounts are recorded by their usernames, which never change, but admins know them by their addresses.
    private static async Task<List<string>> SubjectsAsync(MailContext context, string text, CancellationToken cancellationToken)
    {
        List<string> subjects = [text, AsciiCase.Fold(text)];
        if (!AddrSpec.TryParse(text, out var address) || !LocalPart.TryParse(address.LocalPart, out var part, out _)) return subjects;
        var username = await context.Addresses.Where(a => a.LocalPart == part && a.Domain!.Name == address.Domain && a.AccountId != null)
            .Select(a => a.Account!.Username).SingleOrDefaultAsync(cancellationToken);
        return [.. subjects, $"{part}@{address.Domain}", .. username is null ? Array.Empty<string>() : [username.Value]];
    }

    private sealed record Found(SearchKind Kind, long DomainId, DomainName Domain, long SubjectId, string Text);
}
