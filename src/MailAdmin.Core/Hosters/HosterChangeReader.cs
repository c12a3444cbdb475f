using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Hosters;

/// <param name="MovesDays">The time zone changed, so days begin at another time.</param>
/// <param name="MovesRoleAddress">postmaster@ and abuse@ of domains that do not have them go elsewhere.</param>
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
