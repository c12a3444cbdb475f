using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Addresses;

/// <summary>An address came, or was edited.</summary>
/// <param name="Address">With its id, once it is saved.</param>
/// <param name="PreviousAccountId">The account that it belonged to before.</param>
internal sealed record AddressChanged(MailAddress Address, long? PreviousAccountId) : ModelChange;

/// <summary>An address goes.</summary>
/// <param name="PreviousAccountId">The account that it belonged to; null where that goes as well.</param>
internal sealed record AddressRemoved(long Id, long DomainId, LocalPart LocalPart, long? PreviousAccountId) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class AddressChangeReader : ChangeReader<MailAddress>
{
    protected override IEnumerable<ModelChange> Read(MailAddress address, EntityEntry entry)
    {
        // Of an address that goes or changes hands nobody can tell afterwards whose it was: the others of that account name it as a login.
        var owner = Before(entry, nameof(MailAddress.AccountId));
        yield return entry.State == EntityState.Deleted
            ? new AddressRemoved(address.Id, address.DomainId, address.LocalPart, owner)
            : new AddressChanged(address, owner);
    }
}
