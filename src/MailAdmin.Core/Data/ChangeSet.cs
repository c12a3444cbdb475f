namespace MailAdmin.Core.Data;

/// <summary>A change that a transaction makes to the model, on which map rows or scripts depend.</summary>
internal abstract record ModelChange;

/// <summary>Rows that depend on some addresses may differ although the addresses' own rows have not changed.</summary>
internal sealed record AddressesAffected(IReadOnlyCollection<long> Ids) : ModelChange;

/// <summary>Rows that depend on some accounts and their addresses may differ although the accounts' own rows have not changed.</summary>
internal sealed record AccountsAffected(IReadOnlyCollection<long> Ids) : ModelChange;

/// <summary>The own map rows of every domain may differ although no domain has changed.</summary>
internal sealed record AllDomainsAffected : ModelChange;

/// <summary>All changes of one transaction so far, in the order of its saves. <see cref="ChangeObserver"/> fills it.</summary>
internal sealed class ChangeSet
{
    private readonly List<ModelChange> _changes = [];

    public IReadOnlyList<ModelChange> All => _changes;

    public IEnumerable<T> Of<T>() where T : ModelChange => _changes.OfType<T>();

    public void Add(ModelChange change) => _changes.Add(change);

    public void AddRange(IEnumerable<ModelChange> changes) => _changes.AddRange(changes);
}
