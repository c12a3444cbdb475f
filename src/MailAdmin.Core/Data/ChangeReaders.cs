using System.Collections.Frozen;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Redirects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Data;

/// <summary>
/// The readers of all entities that map rows or scripts depend on. Statements that bypass the change tracker must not change the columns
/// that these read.
/// </summary>
internal static class ChangeReaders
{
    private static readonly FrozenDictionary<Type, IChangeReader> ByEntity = ((IChangeReader[])
    [
        new StoreChangeReader(),
        new DomainChangeReader(),
        new DomainAliasChangeReader(),
        new DomainSwitchChangeReader(),
        new AccountChangeReader(),
        new AddressChangeReader(),
        new DestinationChangeReader(),
        new RedirectChangeReader(),
        new HosterChangeReader(),
    ]).ToFrozenDictionary(r => r.EntityType);

    public static IEnumerable<Type> Entities => ByEntity.Keys;

    /// <summary>The changes that the next save of this context makes.</summary>
    public static List<ModelChange> Read(ChangeTracker tracker)
    {
        var changes = new List<ModelChange>();
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                && ByEntity.TryGetValue(entry.Metadata.ClrType, out var reader))
                changes.AddRange(reader.Read(entry));
        }
        return changes;
    }
}
