namespace MailAdmin.Core.Audit;

/// <summary>One committed transaction: when, by whom, from where. Ids rise in the order of the commits.</summary>
public sealed class Change
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The admin, or null for the panel's own work. No foreign key: the record outlives the admin.</summary>
    public long? AdminId { get; set; }

    public required string ActorName { get; set; }

    public string? RemoteAddress { get; set; }
}

/// <summary>
/// The one row from which changes take their ids. Its lock makes writers follow one another on every database, so that what is checked
/// inside a transaction still holds when it commits.
/// </summary>
public sealed class ChangeCounter
{
    public long Id { get; set; }

    public long Last { get; set; }

    /// <summary>Tells this database from another one (a restored or an exchanged one): followers compare it.</summary>
    public required string DatabaseId { get; set; }

    /// <summary>Id of the latest audit event, 0 before the first: events that are cut off at the end are missed.</summary>
    public long AuditId { get; set; }

    /// <summary>Its hash.</summary>
    public string AuditHash { get; set; } = "";

    /// <summary>
    /// By which rules the rows of the domains' own were computed last; a version of the panel with newer ones computes them anew, once.
    /// </summary>
    public int RowRules { get; set; }

    /// <summary>The version of the search's own schema (its index and triggers) that the database has; 0 before the first.</summary>
    public int SearchSchema { get; set; }
}
