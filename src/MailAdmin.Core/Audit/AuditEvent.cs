namespace MailAdmin.Core.Audit;

/// <summary>What happened to what: kept without foreign keys, so that it outlives what it speaks of. It never holds a secret.</summary>
public sealed class AuditEvent
{
    public long Id { get; set; }

    public long ChangeId { get; set; }

    public Change? Change { get; set; }

    /// <summary>Noun and verb: <c>account.created</c>.</summary>
    public required string Kind { get; set; }

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
