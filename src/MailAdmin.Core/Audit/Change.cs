namespace MailAdmin.Core.Audit;

/// <summary>One committed transaction: when, by whom, from where. Ids rise in the order of the commits.</summary>
public sealed class Change
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The admin, or null for the panel's own work. No foreign key, because the change outlives the admin.</summary>
    public long? AdminId { get; set; }

    public required string ActorName { get; set; }

    public string? RemoteAddress { get; set; }
}

/// <summary>
/// The single row from which changes take their ids. Its lock serializes writers on every database, so that what is checked inside a
/// transaction still holds when it commits.
/// </summary>
public sealed class ChangeCounter
{
    public long Id { get; set; }

    public long Last { get; set; }

    /// <summary>Identifies this database among others (a restored or replaced one); followers compare it.</summary>
    public required string DatabaseId { get; set; }

    /// <summary>Id of the latest audit event, 0 before the first; it reveals events that are cut off at the end.</summary>
    public long AuditId { get; set; }

    /// <summary>Hash of the latest audit event.</summary>
    public string AuditHash { get; set; } = "";

    /// <summary>
    /// The version of the rules by which the domains' own map rows were computed last; a version of the panel with newer rules recomputes
    /// them once.
    /// </summary>
    public int RowRules { get; set; }

    /// <summary>The version of the search schema (its index and triggers) in the database; 0 before the first.</summary>
    public int SearchSchema { get; set; }
}
