using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Domains;

/// <param name="Domain">The domain; it has its id once it is saved.</param>
/// <param name="CameOrWent">The domain was added or removed.</param>
/// <param name="AffectsContents">Rows of each of its accounts and addresses may differ.</param>
/// <param name="MovesCatchAll">The catch-all was added, removed or given to another account.</param>
internal sealed record DomainChanged(MailDomain Domain, bool CameOrWent, bool AffectsContents, bool MovesCatchAll) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class DomainChangeReader : ChangeReader<MailDomain>
{
    private static readonly string[] OfContents = [nameof(MailDomain.State), nameof(MailDomain.Routing), nameof(MailDomain.StoreId)];

    protected override IEnumerable<ModelChange> Read(MailDomain domain, EntityEntry entry)
    {
        // A domain that is being deleted is refused by its own row; the rows of its addresses are removed with them, step by step.
        var affectsContents = domain.State != DomainState.Deleting
            && (IsModified(entry, OfContents) || (IsModified(entry, nameof(MailDomain.Name)) && domain.RowsReached is null));
        yield return new DomainChanged(
            domain, entry.State != EntityState.Modified, affectsContents, IsModified(entry, nameof(MailDomain.CatchAllAccountId)));
    }
}
