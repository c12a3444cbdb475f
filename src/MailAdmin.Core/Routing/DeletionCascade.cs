using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Finds rows that the database itself deletes together with an account or address that they point to. The change tracker does not notice
/// those deletions, so they are read before the save, while the rows still exist.
/// </summary>
internal static class DeletionCascade
{
    // Bounds the parameters of one statement, since a whole domain may be deleted.
    private const int ChunkSize = 500;

    /// <param name="context">The context before the save.</param>
    /// <param name="saved">The changes that the change tracker knows of.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<List<ModelChange>> ReadAsync(
        MailContext context, IReadOnlyList<ModelChange> saved, CancellationToken cancellationToken)
    {
        var changes = new List<ModelChange>();
        foreach (var accounts in saved.OfType<AccountChanged>().Where(a => a.IsRemoved).Select(a => a.Account.Id).Chunk(ChunkSize))
        {
            await foreach (var owned in MapFactsQueries.AddressesOf(context, accounts).WithCancellation(cancellationToken))
                changes.Add(new AddressRemoved(owned.Id, owned.DomainId, owned.LocalPart, null));
            await foreach (var dependent in AddressClosure.DependentsOfAccounts(context, accounts).WithCancellation(cancellationToken))
                changes.Add(Of(dependent));
        }
        var addresses = saved.Concat(changes).OfType<AddressRemoved>().Select(a => a.Id).Distinct().ToList();
        foreach (var chunk in addresses.Chunk(ChunkSize))
        {
            await foreach (var dependent in AddressClosure.DependentsOfAddresses(context, chunk).WithCancellation(cancellationToken))
                changes.Add(Of(dependent));
            await foreach (var link in MapFactsQueries.OfAliases(context, chunk).WithCancellation(cancellationToken))
                changes.Add(
                    new DestinationChanged { AliasId = link.From, PreviousAccountId = link.Account, PreviousAddressId = link.Address });
        }
        return changes;
    }

    private static ModelChange Of(AddressClosure.Dependent dependent) =>
        dependent.OfAccount ? new AccountsAffected([dependent.Id]) : new AddressesAffected([dependent.Id]);
}
