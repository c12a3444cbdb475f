using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Domains;

internal sealed record StoreChanged(MailStore Store) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class StoreChangeReader : ChangeReader<MailStore>
{
    protected override IEnumerable<ModelChange> Read(MailStore store, EntityEntry entry) => [new StoreChanged(store)];
}
