using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Aliases;

/// <summary>A destination of an alias came, went or leads elsewhere.</summary>
/// <param name="PreviousAccountId">The account that it led to before.</param>
/// <param name="PreviousAddressId">The address here that it led to before.</param>
internal sealed record AliasDestinationChanged(MailAddress? Alias, long AliasId, long? PreviousAccountId, long? PreviousAddressId) : ModelChange
{
    /// <summary>The alias itself, which has no id before it is saved.</summary>
    public long OwnerId => Alias?.Id ?? AliasId;
}

/// <inheritdoc cref="IChangeReader"/>
internal sealed class AliasDestinationChangeReader : ChangeReader<AliasDestination>
{
    protected override IEnumerable<ModelChange> Read(AliasDestination destination, EntityEntry entry) =>
    [
        new AliasDestinationChanged(
            destination.Alias, destination.AliasId, Before(entry, nameof(AliasDestination.AccountId)), Before(entry, nameof(AliasDestination.LocalAddressId))),
    ];
}
