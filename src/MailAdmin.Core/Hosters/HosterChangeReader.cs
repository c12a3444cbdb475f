using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Hosters;

/// <param name="MovesDays">Days begin at another moment.</param>
/// <param name="MovesRoleAddress">postmaster@ and abuse@ of domains that have none go elsewhere.</param>
internal sealed record HosterChanged(bool MovesDays, bool MovesRoleAddress) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class HosterChangeReader : ChangeReader<Hoster>
{
    protected override IEnumerable<ModelChange> Read(Hoster hoster, EntityEntry entry)
    {
        var isNew = entry.State == EntityState.Added;
        yield return new HosterChanged(
            isNew || IsModified(entry, nameof(Hoster.TimeZone)), isNew
                || IsModified(entry, nameof(Hoster.RoleAddress), nameof(Hoster.SupportAddress)));
    }
}
