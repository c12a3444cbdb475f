using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Domains;

/// <summary>Another name of a domain was added or removed, or one of the two is under way or complete.</summary>
/// <param name="DomainId">The domain of the name.</param>
/// <param name="Name">The name as in a destination.</param>
/// <param name="IsStepwise">The domain is large: each step reports which addresses it affects.</param>
internal sealed record DomainNameChanged(long DomainId, DomainName Name, bool IsStepwise) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class DomainAliasChangeReader : ChangeReader<DomainAlias>
{
    protected override IEnumerable<ModelChange> Read(DomainAlias alias, EntityEntry entry)
    {
        // A name that is added or removed in steps affects the domain's own rows only in the first and the last step.
        if (entry.State == EntityState.Modified && alias.Reached > 0) yield break;
        var isStepwise = entry.State == EntityState.Added ? alias.Reached is not null : entry.State == EntityState.Modified
            || alias.IsBeingRemoved;
        yield return new DomainNameChanged(alias.DomainId, alias.Name, isStepwise);
    }
}
