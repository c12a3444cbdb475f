namespace MailAdmin.Core.Audit;

/// <summary>
/// What happened to what, by whom, when and from where. It holds all of it itself, without foreign keys to what it speaks of, so that it
/// outlives that. It never holds a secret.
/// </summary>
public sealed class AuditEvent
{
    /// <summary>1, 2, 3… without a gap, in the order of the commits: a row that is missing is missed.</summary>
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
    /// Id of the domain concerned, or null. A name may come back with another customer, an id never does: whoever sees this domain sees the
    /// event.
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

    /// <summary>SHA-256 over the previous event's hash and this event's fields, in hexadecimal: an edited table betrays itself.</summary>
    public string Hash { get; set; } = "";
}
