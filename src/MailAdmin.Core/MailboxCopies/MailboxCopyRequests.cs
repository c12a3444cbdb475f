using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>The other server, and how to sign in there, as somebody entered it.</summary>
/// <param name="User">Whose mailbox is copied.</param>
/// <param name="ProxyUser">Who signs in for them; only with <see cref="SourceAuthentication.Proxy"/>.</param>
/// <param name="Secret">The password or token.</param>
public sealed record SourceRequest(
    string? Host, int? Port, SourceSecurity Security, SourceAuthentication Authentication, string? User, string? ProxyUser, string? Secret)
{
    public bool AcceptsAnyCertificate { get; init; }

    /// <summary>Nobody logs a record with a password by mistake.</summary>
    public override string ToString() => $"{User} at {Host}:{Port}";
}

/// <summary>A server to copy from, whose entries have been checked.</summary>
/// <param name="ReachesPrivateNetworks">Whether it may be in a private network.</param>
public sealed record MailboxSource(
    string Host, int Port, SourceSecurity Security, bool AcceptsAnyCertificate, SourceAuthentication Authentication, string User,
    string? ProxyUser, string Secret, bool ReachesPrivateNetworks)
{
    public override string ToString() => $"{User} at {Host}:{Port}";
}

/// <summary>One attempt to copy, for the engine.</summary>
/// <param name="Source">Null if its password can't be opened with the panel's key.</param>
public sealed record CopyAttempt(long CopyId, AccountMailbox Mailbox, MailboxSource? Source, bool FollowsDeletions, int Attempts);

/// <summary>How far an attempt is.</summary>
public sealed record CopyProgress(long TotalMessages, long TotalOctets, long Messages, long Octets, long Failures)
{
    /// <summary>Copied since the last checkpoint.</summary>
    public long CopiedMessages { get; init; }

    /// <inheritdoc cref="CopiedMessages"/>
    public long CopiedOctets { get; init; }

    public double MessageRate { get; init; }

    public double OctetRate { get; init; }

    public string? Folder { get; init; }
}
