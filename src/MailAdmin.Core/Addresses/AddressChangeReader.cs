using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Addresses;

/// <summary>An address was added or edited.</summary>
/// <param name="Address">The address; it has its id once it is saved.</param>
/// <param name="PreviousAccountId">The account that it belonged to before.</param>
internal sealed record AddressChanged(MailAddress Address, long? PreviousAccountId) : ModelChange;

/// <summary>An address was removed.</summary>
/// <param name="PreviousAccountId">The account that it belonged to; null if that is deleted as well.</param>
internal sealed record AddressRemoved(long Id, long DomainId, LocalPart LocalPart, long? PreviousAccountId) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class AddressChangeReader : ChangeReader<MailAddress>
{
    protected override IEnumerable<ModelChange> Read(MailAddress address, EntityEntry entry)
    {
        // After the save nothing tells which account a removed or moved address belonged to. That account's other addresses list it as a
        // login.
        var owner = Before(entry, nameof(MailAddress.AccountId));
        yield return entry.State == EntityState.Deleted
            ? new AddressRemoved(address.Id, address.DomainId, address.LocalPart, owner)
            : new AddressChanged(address, owner);
    }
}
