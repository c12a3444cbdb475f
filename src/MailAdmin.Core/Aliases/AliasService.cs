using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Aliases;

/// <summary>Aliases, redirects of addresses without an account, and mini-lists (manual, chapter 2), which are all the same thing.</summary>
public sealed class AliasService(MailDatabase database)
{
    /// <summary>
    /// Creates an alias; without destinations its mail is refused until it has one. Problems carry the fields Address and Destinations, one
    /// for each wrong destination; nothing is saved unless all are right.
    /// </summary>
    public Task<Result<MailAddress>> CreateAsync(long domainId, LocalPart localPart, IReadOnlyList<string> destinations, Actor actor,
        CancellationToken cancellationToken = default) =>
        PlanCreation(domainId, localPart, destinations, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="CreateAsync(long, LocalPart, IReadOnlyList{string}, Actor, CancellationToken)"/>
    public PlannedChange<MailAddress> PlanCreation(long domainId, LocalPart localPart, IReadOnlyList<string> destinations, Actor actor) =>
        new(database, actor, write => CreateAsync(write, domainId, localPart, destinations));

    internal static async Task<Result<MailAddress>> CreateAsync(
        MailWrite write, long domainId, LocalPart localPart, IReadOnlyList<string> destinations)
    {
        var domain = await write.DomainAsync(domainId);
        if (domain is null) return DomainProblems.NotFound;
        write.Actor.Require(Permission.EditMail, domainId);
        var claimed = await AddressClaims.ClaimAsync(write, domain, localPart);
        var problems = claimed.Succeeded ? await AttachAsync(write, claimed.Value, domain, destinations) : [.. claimed.Problems];
        if (problems.Count > 0) return problems;
        write.Record(
            "alias.created", domain, $"{localPart}@{domain.Name}", after: new { Destinations = Show(claimed.Value!.Destinations) });
        return claimed.Value!;
    }

    /// <summary>
    /// Makes these the alias's destinations within a transaction: the others are removed, the new ones added. A destination that it has
    /// already is kept even if this actor could not add it.
    /// </summary>
    internal static async Task<Result<MailAddress>> ReplaceAsync(MailWrite write, long aliasId, IReadOnlyList<string> destinations)
    {
        if (await FindAsync(write, aliasId) is not { } alias) return AliasProblems.NotFound;
        if (GuardedAddresses.Check(write.Actor, alias.Domain!, alias.LocalPart) is { } guarded) return guarded.At("Destinations");
        var texts = alias.Destinations.ToDictionary(d => d, d => Show([d])[0]);
        var removed = alias.Destinations.Where(d => !destinations.Contains(texts[d], StringComparer.OrdinalIgnoreCase)).ToList();
        var added = destinations.Where(t => !texts.Values.Contains(t, StringComparer.OrdinalIgnoreCase)).ToList();
        if (removed.Count > 0)
            write.Record("alias.destinations-removed", alias.Domain!, Name(alias), before: new { Destinations = Show(removed) });
        alias.Destinations.RemoveAll(removed.Contains);
        write.Context.Destinations.RemoveRange(removed);
        var before = alias.Destinations.ToHashSet();
        var problems = await AttachAsync(write, alias, alias.Domain!, added);
        if (problems.Count > 0) return problems;
        if (added.Count > 0)
            write.Record(
                "alias.destinations-added", alias.Domain!, Name(alias),
                after: new { Destinations = Show(alias.Destinations.Except(before)) });
        return alias;
    }

    /// <summary>Adds destinations to an alias, all or none.</summary>
    public Task<Result<MailAddress>> AddDestinationsAsync(
        long aliasId, IReadOnlyList<string> destinations, Actor actor, CancellationToken cancellationToken = default) =>
        PlanAddition(aliasId, destinations, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="AddDestinationsAsync"/>
    public PlannedChange<MailAddress> PlanAddition(long aliasId, IReadOnlyList<string> destinations, Actor actor) =>
        PlanChange(aliasId, actor, async (write, alias) =>
        {
            if (GuardedAddresses.Check(actor, alias.Domain!, alias.LocalPart) is { } guarded) return [guarded.At("Destinations")];
            var before = alias.Destinations.ToHashSet();
            var problems = await AttachAsync(write, alias, alias.Domain!, destinations);
            write.Record(
                "alias.destinations-added", alias.Domain!, Name(alias),
                after: new { Destinations = Show(alias.Destinations.Except(before)) });
            return problems;
        });

    /// <summary>Removes destinations; the others are kept. Removing one that does not exist is not an error.</summary>
    public Task<Result<MailAddress>> RemoveDestinationsAsync(
        long aliasId, IReadOnlyCollection<long> destinationIds, Actor actor, CancellationToken cancellationToken = default) =>
        PlanRemoval(aliasId, destinationIds, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="RemoveDestinationsAsync"/>
    public PlannedChange<MailAddress> PlanRemoval(long aliasId, IReadOnlyCollection<long> destinationIds, Actor actor) =>
        PlanChange(aliasId, actor, (write, alias) =>
        {
            var removed = alias.Destinations.Where(d => destinationIds.Contains(d.Id)).ToList();
            if (removed.Count == 0) return Task.FromResult<List<Problem>>([]);
            write.Record("alias.destinations-removed", alias.Domain!, Name(alias), before: new { Destinations = Show(removed) });
            alias.Destinations.RemoveAll(removed.Contains);
            write.Context.Destinations.RemoveRange(removed);
            return Task.FromResult<List<Problem>>([]);
        });

    /// <summary>Deletes an alias with its destinations; other aliases and redirects lose it as a destination.</summary>
    public Task<Result<MailAddress>> DeleteAsync(long aliasId, Actor actor, CancellationToken cancellationToken = default) => PlanDeletion(
        aliasId, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="DeleteAsync"/>
    public PlannedChange<MailAddress> PlanDeletion(long aliasId, Actor actor) =>
        new(database, actor, async write =>
        {
            // The database deletes its destinations with one statement; the change tracker would send one for each.
            var alias = await write.Context.Addresses.Include(a => a.Domain)
                .SingleOrDefaultAsync(a => a.Id == aliasId && a.AccountId == null);
            if (alias is null) return AliasProblems.NotFound;
            actor.Require(Permission.EditMail, alias.DomainId);
            write.Record("alias.deleted", alias.Domain!, Name(alias), new { Destinations = await ShowAsync(write.Context, aliasId) });
            write.Context.Addresses.Remove(alias);
            return alias;
        });

    private PlannedChange<MailAddress> PlanChange(long aliasId, Actor actor, Func<MailWrite, MailAddress, Task<List<Problem>>> change) =>
        new(database, actor, async write =>
        {
            if (await FindAsync(write, aliasId) is not { } alias) return AliasProblems.NotFound;
            var problems = await change(write, alias);
            return problems.Count > 0 ? problems : alias;
        });

    private static async Task<MailAddress?> FindAsync(MailWrite write, long aliasId)
    {
        var alias = await write.Context.Addresses.Include(a => a.Domain).Include(a => a.Destinations).ThenInclude(d => d.Account)
            .Include(a => a.Destinations).ThenInclude(d => d.LocalAddress!.Account).Include(a => a.Destinations)
                .ThenInclude(d => d.LocalAddress!.Domain)
            .AsSplitQuery().SingleOrDefaultAsync(a => a.Id == aliasId && a.AccountId == null);
        if (alias is not null) write.Actor.Require(Permission.EditMail, alias.DomainId);
        return alias;
    }

    private static async Task<List<Problem>> AttachAsync(MailWrite write, MailAddress alias, MailDomain domain, IReadOnlyList<string> texts)
    {
        var problems = new List<Problem>();
        var reader = new DestinationParser(write, domain);
        var present = alias.Destinations.ToList();
        foreach (var item in texts)
        {
            foreach (var (text, read) in await reader.ReadAsync(item))
            {
                if (!read.Succeeded) problems.AddRange(read.Problems);
                else if (read.Value.LocalAddress == alias) problems.Add(AliasProblems.Itself($"{alias.LocalPart}@{domain.Name.Display}"));
                // The destination was entered twice, perhaps in different spellings; it is added once.
                else if (alias.Destinations.Except(present).Any(d => DestinationDuplicates.IsSame(d, read.Value))) continue;
                else if (DestinationDuplicates.Of(alias, read.Value, text, write.Actor) is { } duplicate) problems.Add(duplicate);
                else alias.Destinations.Add(read.Value);
            }
        }
        if (problems.Count > 0 || texts.Count == 0) return problems;
        await write.Context.SaveChangesAsync();
        await DestinationLocalizer.LocalizeUncheckedAsync(write, alias.Id);
        if (await ExpansionCheck.OfAliasAsync(write.Context, alias.Id, write.Actor) is { } fault) problems.Add(fault);
        return problems;
    }

    private static string Name(MailAddress alias) => $"{alias.LocalPart}@{alias.Domain!.Name}";

    private static string[] Show(IEnumerable<Destination> destinations) =>
        [.. destinations.Select(
            d => d.Account?.Username.Value ?? d.External?.Value ?? $"{d.LocalAddress!.LocalPart}@{d.LocalAddress.Domain!.Name}")];

    private static async Task<string[]> ShowAsync(MailContext context, long aliasId)
    {
        var found = await context.Destinations.Where(d => d.AliasId == aliasId).OrderBy(d => d.Id)
            .Select(d =>
                new { d.Account!.Username, d.External, Local = (LocalPart?)d.LocalAddress!.LocalPart, d.LocalAddress.Domain!.Name })
                    .ToListAsync();
        return [.. found.Select(d => d.Username?.Value ?? d.External?.Value ?? $"{d.Local}@{d.Name}")];
    }
}
