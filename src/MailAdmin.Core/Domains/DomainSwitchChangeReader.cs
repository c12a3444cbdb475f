using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Domains;

/// <summary>A switch of a domain's routing begins, begins anew or is completed.</summary>
internal sealed record DomainSwitchChanged(long DomainId) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class DomainSwitchChangeReader : ChangeReader<DomainSwitch>
{
    protected override IEnumerable<ModelChange> Read(DomainSwitch present, EntityEntry entry) =>
        [new DomainSwitchChanged(present.DomainId)];
}
