namespace MailAdmin.Core.Audit;

/// <summary>
/// Records who did what to what, when and from where. It contains all data itself, without foreign keys to its subjects, so that it
/// outlives them. It never contains a secret.
/// </summary>
public sealed class AuditEvent
{
    /// <summary>1, 2, 3… without a gap, in the order of the commits, so that a missing row is noticed.</summary>
    public long Id { get; set; }

    public long ChangeId { get; set; }

    public Change? Change { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The admin, or null for the panel's own work.</summary>
    public long? AdminId { get; set; }

    public required string ActorName { get; set; }

    public string? RemoteAddress { get; set; }

    /// <summary>Noun and verb: <c>account.created</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>
    /// Id of the domain concerned, or null. Admins who may see this domain may see the event. An id is used because a name may come back
    /// with another customer, an id never does.
    /// </summary>
    public long? DomainId { get; set; }

    /// <summary>A-labels of the domain concerned, or null.</summary>
    public string? Domain { get; set; }

    /// <summary>Username, address or admin concerned.</summary>
    public required string Subject { get; set; }

    /// <summary>JSON of the fields before, or null.</summary>
    public string? Before { get; set; }

    /// <summary>JSON of the fields after, or null.</summary>
    public string? After { get; set; }

    /// <summary>SHA-256 over the previous event's hash and this event's fields, in hexadecimal: it reveals edits of the table.</summary>
    public string Hash { get; set; } = "";
}
