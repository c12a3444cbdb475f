using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>Creates, edits and deletes domains: the superuser's work.</summary>
public sealed class DomainService(MailDatabase database, MailHostNames host)
{
    /// <summary>Problems carry the fields Name, Prefix, MaxAccounts, DefaultQuota, MaxQuota, TotalQuota, Folders.</summary>
    public Task<Result<MailDomain>> CreateAsync(NewDomain request, Actor actor) =>
        database.WriteAsync<Result<MailDomain>>(actor, async write =>
        {
            actor.Require(Permission.EditDomains);
            var problems = await CheckAsync(write.Context, request);
            if (problems.Count > 0) return problems;
            var store = await write.Context.Stores.OrderBy(s => s.Id).FirstAsync();
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
                StoreId = store.Id,
                CreatedAt = write.Now,
            };
            write.Context.Domains.Add(domain);
            write.Record("domain.created", domain.Name, domain.Name.Value, after: Facts(domain));
            return domain;
        });

    public Task<Result<MailDomain>> EditAsync(long id, DomainEdit edit, Actor actor) =>
        database.WriteAsync<Result<MailDomain>>(actor, async write =>
        {
            var domain = await write.Context.Domains.SingleOrDefaultAsync(d => d.Id == id);
            if (domain is null) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains);
            if (domain.Version != edit.Version) return DomainProblems.ChangedMeanwhile;
            List<Problem> problems = [.. DomainRules.CheckLimits(edit.MaxAccounts, edit.DefaultQuota, edit.MaxQuota, edit.TotalQuota), .. DomainRules.CheckFolders(edit.Folders)];
            if (problems.Count > 0) return problems;
            var before = Facts(domain);
            (domain.MaxAccounts, domain.DefaultQuota, domain.MaxQuota) = (edit.MaxAccounts, edit.DefaultQuota, edit.MaxQuota);
            (domain.TotalQuota, domain.State, domain.Folders) = (edit.TotalQuota, edit.State, [.. edit.Folders]);
            write.Record("domain.edited", domain.Name, domain.Name.Value, before, Facts(domain));
            return domain;
        });

    /// <summary>
    /// Removes a domain with its accounts, addresses, aliases and names. Mail is refused at once; the mailboxes are removed by the worker, their
    /// usernames stay retired. Admins of other domains stay; aliases elsewhere lose the destinations that lead here.
    /// </summary>
    public Task<Result> DeleteAsync(long id, long version, Actor actor) =>
        database.WriteAsync<Result>(actor, async write =>
        {
            var domain = await write.Context.Domains.Include(d => d.Aliases).SingleOrDefaultAsync(d => d.Id == id);
            if (domain is null) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains);
            if (domain.Version != version) return DomainProblems.ChangedMeanwhile;
            await DomainRemoval.RemoveAsync(write, domain);
            write.Record("domain.deleted", domain.Name, domain.Name.Value, before: Facts(domain));
            return Result.Done;
        });

    private async Task<List<Problem>> CheckAsync(MailContext context, NewDomain request)
    {
        List<Problem> problems =
        [
            .. DomainRules.CheckLimits(request.MaxAccounts, request.DefaultQuota, request.MaxQuota, request.TotalQuota),
            .. DomainRules.CheckFolders(request.Folders),
        ];
        if (await DomainRules.CheckNameAsync(context, request.Name, host) is { } name) problems.Add(name);
        if (await context.Domains.AnyAsync(d => d.Prefix == request.Prefix)) problems.Add(PrefixProblems.Taken(request.Prefix.Value).At("Prefix"));
        return problems;
    }

    private static object Facts(MailDomain d) => new
    {
        Name = d.Name.Value,
        Prefix = d.Prefix.Value,
        d.MaxAccounts,
        DefaultQuotaKiB = d.DefaultQuota?.KiB,
        MaxQuotaKiB = d.MaxQuota?.KiB,
        TotalQuotaKiB = d.TotalQuota?.KiB,
        d.State,
        d.NamingScheme,
        d.Folders,
    };
}
