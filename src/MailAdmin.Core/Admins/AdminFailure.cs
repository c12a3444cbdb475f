namespace MailAdmin.Core.Admins;

/// <summary>
/// Failed sign-in attempts for an admin, summed up per network, since the admin last signed in.
/// </summary>
public sealed class AdminFailure
{
    /// <summary>Stands for all further networks once an admin has <see cref="SignInFailures.MaxNetworks"/> of them.</summary>
    public const string Elsewhere = "";

    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    public required string Network { get; set; }

    /// <summary>The address of the latest attempt.</summary>
    public string? RemoteAddress { get; set; }

    public int Passwords { get; set; }

    /// <summary>Wrong codes of the second step: the sender knew the password.</summary>
    public int Codes { get; set; }

    /// <summary>How many of both are already in the audit.</summary>
    public int Recorded { get; set; }

    /// <summary>The first attempt that is not in the audit yet.</summary>
    public DateTimeOffset Since { get; set; }

    public DateTimeOffset Last { get; set; }

    public DateTimeOffset? LastCode { get; set; }
}
