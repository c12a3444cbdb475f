namespace MailAdmin.Core.Data;

/// <summary>Something of the model that a transaction changes, and that map rows or scripts follow from.</summary>
internal abstract record ModelChange;

/// <summary>What follows from some addresses may differ although none of their own rows has changed.</summary>
internal sealed record AddressesAffected(IReadOnlyCollection<long> Ids) : ModelChange;

/// <summary>What follows from some accounts, and from their addresses, may differ although none of their own rows has changed.</summary>
internal sealed record AccountsAffected(IReadOnlyCollection<long> Ids) : ModelChange;

/// <summary>The map rows of every domain's own may differ although no domain has changed.</summary>
internal sealed record AllDomainsAffected : ModelChange;

/// <summary>All that one transaction has changed so far, in the order of its saves. <see cref="ChangeObserver"/> fills it.</summary>
internal sealed class ChangeSet
{
    private readonly List<ModelChange> _changes = [];

    public IReadOnlyList<ModelChange> All => _changes;

    public IEnumerable<T> Of<T>() where T : ModelChange => _changes.OfType<T>();

    public void Add(ModelChange change) => _changes.Add(change);

    public void AddRange(IEnumerable<ModelChange> changes) => _changes.AddRange(changes);
}
