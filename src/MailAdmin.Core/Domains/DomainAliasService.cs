using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <param name="Progress">Begun means that the worker gives the names to the addresses, or takes them away, step by step.</param>
public sealed record ChangedNames(IReadOnlyList<DomainAlias> Names, NamesProgress Progress);

public enum NamesProgress
{
    Done,
    Begun,
}

/// <summary>Other names of a domain (manual, chapter 4), managed by superusers; each address works under each name.</summary>
public sealed class DomainAliasService(MailDatabase database, MailHostNames host)
{
    /// <summary>
    /// Adds names, all or none. Problems carry the field Name, one for each name that is refused, and AcceptsRelated. On a large domain the
    /// names exist immediately and work once every address has them.
    /// </summary>
    /// <param name="acceptsRelated">
    /// The superuser was warned that a name is above or below another hosted domain, or that destinations would lead in a circle with it,
    /// and wants it all the same.
    /// </param>
    public Task<Result<ChangedNames>> AddAsync(long domainId, IReadOnlyList<DomainName> names, Actor actor, bool acceptsRelated = false,
        CancellationToken cancellationToken = default) =>
        database.WriteAsync<Result<ChangedNames>>(actor, async write =>
        {
            var domain = await write.Context.Domains.SingleOrDefaultAsync(d => d.Id == domainId, cancellationToken);
            if (domain is null) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains, domainId);
            var wanted = names.Distinct().ToList();
            var problems = new List<Problem>();
            foreach (var name in wanted)
                if (await DomainRules.CheckNameAsync(
                    write.Context, name, host, domain.Name, cancellationToken) is { } problem) problems.Add(problem);
                else if (await DomainRules.CheckRelatedAsync(
                    write, name, domainId, acceptsRelated, cancellationToken) is { } related) problems.Add(related);
            if (problems.Count > 0) return problems;
            long? reached = await DomainNameSteps.IsSmallAsync(write.Context, domainId, wanted.Count) ? null : 0;
            List<DomainAlias> added =
                [.. wanted.Select(n => new DomainAlias { DomainId = domainId, Name = n, CreatedAt = write.Now, Reached = reached })];
            write.Context.DomainAliases.AddRange(added);
            foreach (var name in wanted) write.Record("domain.name-added", domain, name.Value);
            // From now on Postfix follows destinations under these names locally.
            await write.Context.SaveChangesAsync(cancellationToken);
            var (named, circles) = (
                (await DestinationLocalizer.NamedAsync(write.Context, domainId, wanted)).ToHashSet(), new List<Problem>());
            await DestinationLocalizer.LocalizeAsync(write, named, CancellationToken.None, circles);
            if (circles.Count > 0 && !acceptsRelated && actor.AdminId is not null)
                return circles.ConvertAll(
                    c => c.Code == AliasProblems.LoopCode ? DomainProblems.Circle((string)c.Args[0]) : c.At("AcceptsRelated"));
            if (reached is not null) write.Changes.Add(new AddressesAffected(named));
            return new ChangedNames(added, await ProgressAsync(write, domainId, reached));
        }, cancellationToken);

    /// <summary>
    /// Removes a name: mail to it is refused from then on. Removing a name that does not exist or is being removed is not an error.
    /// </summary>
    public Task<Result<ChangedNames>> RemoveAsync(
        long domainId, DomainName name, Actor actor, CancellationToken cancellationToken = default) =>
        PlanRemoval(domainId, name, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change; for a large domain it shows what the first step removes.</summary>
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
            if (domain.RowsReached is not null) return DomainProblems.NameUnderWay(name.Display);
            write.Record("domain.name-removed", domain, name.Value);
            long? reached = await DomainNameSteps.IsSmallAsync(write.Context, domainId, 1) ? null : 0;
            if (reached is null) write.Context.DomainAliases.Remove(alias);
            else (alias.IsBeingRemoved, alias.Reached) = (true, reached);
            return new ChangedNames([alias], await ProgressAsync(write, domainId, reached));
        });

    /// <summary>
    /// Makes another name the main one, and the main one another name: a customer's new name. Mail, logins and usernames stay as they are,
    /// because each address works under both names. Making the main name the main name is not an error.
    /// </summary>
    public PlannedChange<MailDomain> PlanPromotion(long domainId, DomainName name, Actor actor) =>
        new(database, actor, async write =>
        {
            var domain = await write.Context.Domains.Include(d => d.Aliases).SingleOrDefaultAsync(d => d.Id == domainId);
            if (domain is null or { State: DomainState.Deleting }) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains, domainId);
            if (domain.Name == name) return domain;
            if (domain.Aliases.Find(a => a.Name == name) is not { } alias)
                return DomainProblems.NotItsName(name.Display, domain.Name.Display);
            if (alias.Reached is not null || domain.RowsReached is not null) return DomainProblems.NameUnderWay(name.Display);
            List<Problem> problems = [.. DomainRules.CheckScheme(domain.NamingScheme, name)];
            if (problems.Count > 0) return problems;
            var before = domain.Name;
            (domain.Name, alias.Name) = (name, before);
            // On a large domain the rows follow in steps; until then they name the other name, under which every address works too.
            if (!await DomainNameSteps.IsSmallAsync(write.Context, domainId, domain.Aliases.Count + 1))
            {
                domain.RowsReached = 0;
                await write.EnqueueAsync(JobKind.DomainNames, domainId);
            }
            write.Record("domain.renamed", domain, name.Value, new { Name = before.Value }, new { Name = name.Value });
            return domain;
        });

    /// <summary>
    /// Carries out one step of the names that are being added or removed. A domain without any, or a deleted one, needs no step.
    /// </summary>
    public Task StepAsync(long domainId, CancellationToken cancellationToken) =>
        database.WriteAsync(Actor.Panel, async write =>
        {
            if (!await DomainNameSteps.StepAsync(write, domainId, cancellationToken))
                await write.EnqueueAsync(JobKind.DomainNames, domainId);
        }, cancellationToken);

    /// <summary>The progress of names that are being added or removed, from 0 to 1; other names are not included.</summary>
    public async Task<IReadOnlyDictionary<DomainName, double>> ProgressAsync(long domainId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var addresses = context.Addresses.Where(a => a.DomainId == domainId);
        var changing = await context.DomainAliases.Where(n => n.DomainId == domainId && n.Reached != null)
            .Select(n => new { n.Name, Done = addresses.Count(a => a.Id <= n.Reached), All = addresses.Count() })
                .ToListAsync(cancellationToken);
        return changing.ToDictionary(n => n.Name, n => n.All == 0 ? 1 : (double)n.Done / n.All);
    }

    /// <summary>Number of addresses of a domain; each of them exists under each name.</summary>
    public async Task<int> CountAddressesAsync(long domainId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.Addresses.CountAsync(a => a.DomainId == domainId, cancellationToken);
    }

    private static async Task<NamesProgress> ProgressAsync(MailWrite write, long domainId, long? reached)
    {
        if (reached is null) return NamesProgress.Done;
        await write.EnqueueAsync(JobKind.DomainNames, domainId);
        return NamesProgress.Begun;
    }
}
