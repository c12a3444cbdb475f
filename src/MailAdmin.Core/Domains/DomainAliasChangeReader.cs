using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Domains;

/// <summary>Another name of a domain came, goes, went, or is in place.</summary>
/// <param name="DomainId">Whose name it is.</param>
/// <param name="Name">As a destination may have it.</param>
/// <param name="IsStepwise">The domain is large: each step says which addresses it is about.</param>
internal sealed record DomainNameChanged(long DomainId, DomainName Name, bool IsStepwise) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class DomainAliasChangeReader : ChangeReader<DomainAlias>
{
    protected override IEnumerable<ModelChange> Read(DomainAlias alias, EntityEntry entry)
    {
        // A name that comes or goes in steps touches the domain's own rows at its beginning and at its end.
        if (entry.State == EntityState.Modified && alias.Reached > 0) yield break;
        var isStepwise = entry.State == EntityState.Added ? alias.Reached is not null : entry.State == EntityState.Modified
            || alias.IsBeingRemoved;
        yield return new DomainNameChanged(alias.DomainId, alias.Name, isStepwise);
    }
}
