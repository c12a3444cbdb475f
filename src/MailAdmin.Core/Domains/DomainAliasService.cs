using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <param name="Progress">Begun: the worker gives the names to the addresses, or takes them away, a step at a time.</param>
public sealed record ChangedNames(IReadOnlyList<DomainAlias> Names, NamesProgress Progress);

public enum NamesProgress
{
    Done,
    Begun,
}

/// <summary>Other names of a domain (manual, chapter 4): the superuser's work; each address works on each name.</summary>
public sealed class DomainAliasService(MailDatabase database, MailHostNames host)
{
    /// <summary>
    /// Adds names, all or none. Problems carry the fields Name, one for each name that cannot be, and AcceptsRelated. On a large domain
    /// they are there at once as names, and work when every address has them.
    /// </summary>
    /// <param name="acceptsRelated">
    /// The superuser was told that one is above or below another domain that is here, or that something leads in circles with it, and wants
    /// it all the same.
    /// </param>
    public Task<Result<ChangedNames>> AddAsync(long domainId, IReadOnlyList<DomainName> names, Actor actor, bool acceptsRelated = false) =>
        database.WriteAsync<Result<ChangedNames>>(actor, async write =>
        {
            var domain = await write.Context.Domains.SingleOrDefaultAsync(d => d.Id == domainId);
            if (domain is null) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains, domainId);
            var wanted = names.Distinct().ToList();
            var problems = new List<Problem>();
            foreach (var name in wanted)
                if (await DomainRules.CheckNameAsync(write.Context, name, host, domain.Name) is { } problem) problems.Add(problem);
                else if (await DomainRules.CheckRelatedAsync(write, name, domainId, acceptsRelated) is { } related) problems.Add(related);
            if (problems.Count > 0) return problems;
            long? reached = await DomainNameSteps.IsSmallAsync(write.Context, domainId, wanted.Count) ? null : 0;
            List<DomainAlias> added =
                [.. wanted.Select(n => new DomainAlias { DomainId = domainId, Name = n, CreatedAt = write.Now, Reached = reached })];
            write.Context.DomainAliases.AddRange(added);
            foreach (var name in wanted) write.Record("domain.name-added", domain, name.Value);
            // Postfix follows them here from now on.
            await write.Context.SaveChangesAsync();
            var (named, circles) = (
                (await DestinationLocalizer.NamedAsync(write.Context, domainId, wanted)).ToHashSet(), new List<Problem>());
            await DestinationLocalizer.LocalizeAsync(write, named, CancellationToken.None, circles);
            if (circles.Count > 0 && !acceptsRelated && actor.AdminId is not null)
                return circles.ConvertAll(
                    c => c.Code == AliasProblems.LoopCode ? DomainProblems.Circle((string)c.Args[0]) : c.At("AcceptsRelated"));
            if (reached is not null) write.Changes.Add(new AddressesAffected(named));
            return new ChangedNames(added, await ProgressAsync(write, domainId, reached));
        });

    /// <summary>Takes a name away: mail to it is refused from then on. Removing what is gone or going already is no fault.</summary>
    public Task<Result<ChangedNames>> RemoveAsync(long domainId, DomainName name, Actor actor) =>
        PlanRemoval(domainId, name, actor).MakeAsync();

    /// <summary>The same, to be shown before it is made: of a large domain what goes at once.</summary>
    /// <inheritdoc cref="RemoveAsync"/>
    public PlannedChange<ChangedNames> PlanRemoval(long domainId, DomainName name, Actor actor) =>
        new(database, actor, async write =>
        {
            var domain = await write.Context.Domains.SingleOrDefaultAsync(d => d.Id == domainId);
            if (domain is null) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains, domainId);
            var alias = await write.Context.DomainAliases.SingleOrDefaultAsync(
                a => a.DomainId == domainId && a.Name == name && !a.IsBeingRemoved);
            if (alias is null) return new ChangedNames([], NamesProgress.Done);
            write.Record("domain.name-removed", domain, name.Value);
            long? reached = await DomainNameSteps.IsSmallAsync(write.Context, domainId, 1) ? null : 0;
            if (reached is null) write.Context.DomainAliases.Remove(alias);
            else (alias.IsBeingRemoved, alias.Reached) = (true, reached);
            return new ChangedNames([alias], await ProgressAsync(write, domainId, reached));
        });

    /// <summary>One step of what has begun. A domain without such names, or one that is gone, needs none.</summary>
    public Task StepAsync(long domainId, CancellationToken cancellationToken) =>
        database.WriteAsync(Actor.Panel, async write =>
        {
            if (!await DomainNameSteps.StepAsync(write, domainId, cancellationToken))
                await write.EnqueueAsync(OutboxKind.DomainNames, domainId);
        }, cancellationToken);

    /// <summary>How far names come or go, from 0 to 1; those that are in place are not among them.</summary>
    public async Task<IReadOnlyDictionary<DomainName, double>> ProgressAsync(long domainId)
    {
        await using var context = database.Open();
        var addresses = context.Addresses.Where(a => a.DomainId == domainId);
        var changing = await context.DomainAliases.Where(n => n.DomainId == domainId && n.Reached != null)
            .Select(n => new { n.Name, Done = addresses.Count(a => a.Id <= n.Reached), All = addresses.Count() }).ToListAsync();
        return changing.ToDictionary(n => n.Name, n => n.All == 0 ? 1 : (double)n.Done / n.All);
    }

    /// <summary>Addresses of a domain, each of which is there in each of its names.</summary>
    public async Task<int> CountAddressesAsync(long domainId)
    {
        await using var context = database.Open();
        return await context.Addresses.CountAsync(a => a.DomainId == domainId);
    }

    private static async Task<NamesProgress> ProgressAsync(MailWrite write, long domainId, long? reached)
    {
        if (reached is null) return NamesProgress.Done;
        await write.EnqueueAsync(OutboxKind.DomainNames, domainId);
        return NamesProgress.Begun;
    }
}
