using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Data;

/// <summary>
/// Reads from a tracked row what its save changes in the model. Each entity that map rows or scripts depend on has a reader beside it.
/// </summary>
internal interface IChangeReader
{
    Type EntityType { get; }

    /// <param name="entry">
    /// Added, modified or deleted, and not saved yet. A new row has no id yet, so the change refers to the entity.
    /// </param>
    IEnumerable<ModelChange> Read(EntityEntry entry);
}

/// <inheritdoc cref="IChangeReader"/>
internal abstract class ChangeReader<TEntity> : IChangeReader where TEntity : class
{
    public Type EntityType => typeof(TEntity);

    public IEnumerable<ModelChange> Read(EntityEntry entry) => Read((TEntity)entry.Entity, entry);

    protected abstract IEnumerable<ModelChange> Read(TEntity entity, EntityEntry entry);

    /// <summary>Whether the row existed before and one of these columns differs.</summary>
    protected static bool IsModified(EntityEntry entry, params string[] properties) =>
        entry.State == EntityState.Modified && properties.Any(p => entry.Property(p).IsModified);

    /// <summary>The previous value of a column of an existing row; null for a new row.</summary>
    protected static long? Before(EntityEntry entry, string property) =>
        entry.State == EntityState.Added ? null : entry.Property(property).OriginalValue as long?;
}
