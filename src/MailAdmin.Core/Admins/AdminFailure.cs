namespace MailAdmin.Core.Admins;

/// <summary>
/// What was refused to somebody who tried to sign in as an admin, summed up for one network, since the admin signed in last.
/// </summary>
public sealed class AdminFailure
{
    /// <summary>The network of all that comes once an admin has <see cref="SignInFailures.MaxNetworks"/> of them.</summary>
    public const string Elsewhere = "";

    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    public required string Network { get; set; }

    /// <summary>The address of the latest one.</summary>
    public string? RemoteAddress { get; set; }

    public int Passwords { get; set; }

    /// <summary>Wrong codes of the second step: whoever sent them has the password.</summary>
    public int Codes { get; set; }

    /// <summary>How many of both are in the audit already.</summary>
    public int Recorded { get; set; }

    /// <summary>The first one that is not in the audit yet.</summary>
    public DateTimeOffset Since { get; set; }

    public DateTimeOffset Last { get; set; }

    public DateTimeOffset? LastCode { get; set; }
}
