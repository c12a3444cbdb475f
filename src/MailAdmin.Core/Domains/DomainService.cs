using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>Creates and edits domains; only superusers may do this.</summary>
public sealed class DomainService(MailDatabase database, MailHostNames host, DomainRoutingService routing)
{
    /// <summary>Problems carry the fields Name, Prefix, MaxAccounts, DefaultQuota, MaxQuota, TotalQuota, Folders, NextHop.</summary>
    public async Task<Result<MailDomain>> CreateAsync(NewDomain request, Actor actor, CancellationToken cancellationToken = default) =>
        await (await PlanCreationAsync(request, actor, cancellationToken)).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="CreateAsync"/>
    public async Task<PlannedChange<MailDomain>> PlanCreationAsync(
        NewDomain request, Actor actor, CancellationToken cancellationToken = default)
    {
        var isOwn = request.NextHop is { } next && !request.AcceptsRelated && actor.AdminId is not null
            && await routing.IsPerhapsOwnAsync(next, default);
        return new(database, actor, async write =>
        {
            actor.Require(Permission.EditDomains);
            var problems = await CheckAsync(write.Context, request, cancellationToken);
            if (isOwn && problems.TrueForAll(p => p.Field != "NextHop"))
                problems.Add(NextHopProblems.PerhapsOurselves(request.NextHop!.Value).At("AcceptsRelated"));
            if (await DomainRules.CheckRelatedAsync(write, request.Name, null, request.AcceptsRelated, cancellationToken) is { } related)
                problems.Add(related);
            if (problems.Count > 0) return problems;
            var store = await write.Context.Stores.OrderBy(s => s.Id).FirstAsync(cancellationToken);
            var domain = new MailDomain
            {
                Name = request.Name,
                Prefix = request.Prefix,
                MaxAccounts = request.MaxAccounts,
                DefaultQuota = request.DefaultQuota,
                MaxQuota = request.MaxQuota,
                TotalQuota = request.TotalQuota,
                NamingScheme = request.NamingScheme,
                Folders = [.. request.Folders],
                Routing = request.NextHop is null ? DomainRouting.Local : DomainRouting.Relay,
                NextHop = request.NextHop?.Value,
                StoreId = store.Id,
                CreatedAt = write.Now,
            };
            write.Context.Domains.Add(domain);
            write.Record("domain.created", domain, domain.Name.Value, after: Facts(domain));
            return domain;
        });
    }

    /// <summary>
    /// Limits may be lowered below current usage: what exists is kept, and nothing can be added. Problems carry the fields of
    /// <see cref="CreateAsync"/>.
    /// </summary>
    public Task<Result<MailDomain>> EditAsync(long id, DomainEdit edit, Actor actor, CancellationToken cancellationToken = default) =>
        PlanEdit(id, edit, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="EditAsync"/>
    public PlannedChange<MailDomain> PlanEdit(long id, DomainEdit edit, Actor actor) =>
        new(database, actor, async write =>
        {
            var domain = await write.Context.Domains.SingleOrDefaultAsync(d => d.Id == id);
            if (domain is null or { State: DomainState.Deleting }) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains);
            if (domain.Version != edit.Version) return DomainProblems.ChangedMeanwhile;
            List<Problem> problems = [.. DomainRules.CheckLimits(edit.MaxAccounts, edit.DefaultQuota, edit.MaxQuota, edit.TotalQuota),
                .. DomainRules.CheckFolders(edit.Folders)];
            if (edit.NamingScheme != domain.NamingScheme) problems.AddRange(DomainRules.CheckScheme(edit.NamingScheme, domain.Name));
            if (problems.Count > 0) return problems;
            var before = Facts(domain);
            // Users of a suspended domain may not sign in, so their sessions are ended.
            if (edit.State == DomainState.Suspended && domain.State != DomainState.Suspended)
                await AccountSignOuts.EnqueueForDomainAsync(write, domain.Id);
            (domain.MaxAccounts, domain.DefaultQuota, domain.MaxQuota) = (edit.MaxAccounts, edit.DefaultQuota, edit.MaxQuota);
            (domain.TotalQuota, domain.NamingScheme, domain.State) = (edit.TotalQuota, edit.NamingScheme, edit.State);
            (domain.AllowsCatchAll, domain.AllowsExternalDestinations, domain.Folders) = (
                edit.AllowsCatchAll, edit.AllowsExternalDestinations, [.. edit.Folders]);
            domain.AllowsGuardedAddresses = edit.AllowsGuardedAddresses;
            write.Record("domain.edited", domain, domain.Name.Value, before, Facts(domain));
            return domain;
        });

    private async Task<List<Problem>> CheckAsync(MailContext context, NewDomain request, CancellationToken cancellationToken)
    {
        List<Problem> problems =
        [
            .. DomainRules.CheckLimits(request.MaxAccounts, request.DefaultQuota, request.MaxQuota, request.TotalQuota),
            .. DomainRules.CheckFolders(request.Folders),
            .. DomainRules.CheckScheme(request.NamingScheme, request.Name),
        ];
        if (await DomainRules.CheckNameAsync(context, request.Name, host, cancellationToken: cancellationToken) is { } name) problems.Add(
            name);
        if (await context.Domains.AnyAsync(d => d.Prefix == request.Prefix, cancellationToken))
            problems.Add(PrefixProblems.Taken(request.Prefix.Value).At("Prefix"));
        if (request.NextHop is { } hop
            && await routing.CheckAsync(context, hop, cancellationToken) is { } loop) problems.Add(loop.At("NextHop"));
        return problems;
    }

    internal static object Facts(MailDomain d) => new
    {
        Name = d.Name.Value,
        Prefix = d.Prefix.Value,
        d.MaxAccounts,
        DefaultQuotaKiB = d.DefaultQuota?.KiB,
        MaxQuotaKiB = d.MaxQuota?.KiB,
        TotalQuotaKiB = d.TotalQuota?.KiB,
        d.State,
        d.Routing,
        d.NextHop,
        d.NamingScheme,
        d.AllowsCatchAll,
        d.AllowsExternalDestinations,
        d.AllowsGuardedAddresses,
        d.Folders,
    };
}
