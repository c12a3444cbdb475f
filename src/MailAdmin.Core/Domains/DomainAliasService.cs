using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>Other names of a domain (manual, chapter 4): the superuser's work; each address works on each name.</summary>
public sealed class DomainAliasService(MailDatabase database, MailHostNames host)
{
    /// <summary>Problems carry the fields Name and AcceptsRelated.</summary>
    /// <param name="acceptsRelated">The superuser was told that it is above or below another domain that is here, and wants it all the same.</param>
    public Task<Result<DomainAlias>> AddAsync(long domainId, DomainName name, Actor actor, bool acceptsRelated = false) =>
        database.WriteAsync<Result<DomainAlias>>(actor, async write =>
        {
            var domain = await write.Context.Domains.SingleOrDefaultAsync(d => d.Id == domainId);
            if (domain is null) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains, domainId);
            if (await DomainRules.CheckNameAsync(write.Context, name, host) is { } problem) return problem;
            if (await DomainRules.CheckRelatedAsync(write, name, domainId, acceptsRelated) is { } related) return related;
            var alias = new DomainAlias { DomainId = domainId, Name = name, CreatedAt = write.Now };
            write.Context.DomainAliases.Add(alias);
            write.Record("domain.name-added", domain, name.Value);
            return alias;
        });

    /// <summary>Takes a name away: mail to it is refused from then on. Removing what is gone already is no fault.</summary>
    public Task<Result> RemoveAsync(long domainId, DomainName name, Actor actor) =>
        database.WriteAsync<Result>(actor, async write =>
        {
            var domain = await write.Context.Domains.SingleOrDefaultAsync(d => d.Id == domainId);
            if (domain is null) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains, domainId);
            if (await write.Context.DomainAliases.SingleOrDefaultAsync(a => a.DomainId == domainId && a.Name == name) is not { } alias) return Result.Done;
            write.Context.DomainAliases.Remove(alias);
            write.Record("domain.name-removed", domain, name.Value);
            return Result.Done;
        });
}
