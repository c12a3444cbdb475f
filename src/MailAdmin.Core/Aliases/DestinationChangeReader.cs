using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Aliases;

/// <summary>A destination of an alias or of an account's redirect was added, removed or changed.</summary>
internal sealed record DestinationChanged : ModelChange
{
    /// <summary>The alias as an entity, since an alias created in the same save has no id yet.</summary>
    public MailAddress? Alias { private get; init; }

    /// <summary>The alias that has the destination; null for a redirect.</summary>
    public long? AliasId { get => Alias?.Id ?? field; init; }

    /// <summary>The account whose redirect has the destination; null for an alias.</summary>
    public long? RedirectId { get; init; }

    /// <summary>The account that it led to before, or null.</summary>
    public long? PreviousAccountId { get; init; }

    /// <summary>The local address that it led to before, or null.</summary>
    public long? PreviousAddressId { get; init; }
}

/// <inheritdoc cref="IChangeReader"/>
internal sealed class DestinationChangeReader : ChangeReader<Destination>
{
    protected override IEnumerable<ModelChange> Read(Destination destination, EntityEntry entry) =>
    [
        new DestinationChanged
        {
            Alias = destination.Alias,
            // A removed destination may be detached from its owner already.
            AliasId = destination.AliasId ?? Before(entry, nameof(Destination.AliasId)),
            RedirectId = destination.RedirectId ?? Before(entry, nameof(Destination.RedirectId)),
            PreviousAccountId = Before(entry, nameof(Destination.AccountId)),
            PreviousAddressId = Before(entry, nameof(Destination.LocalAddressId)),
        },
    ];
}
