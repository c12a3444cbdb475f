using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>
/// The copy of a mailbox on another server into an account's mailbox here. An account has one at most: the next run continues it.
/// </summary>
public sealed class MailboxCopy
{
    public const int MaxHostLength = 253;
    public const int MaxUserLength = 320;

    public long Id { get; set; }

    public long AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>Host name or IP address of the other server.</summary>
    public required string Host { get; set; }

    public int Port { get; set; }

    public SourceSecurity Security { get; set; }

    /// <summary>The other server's certificate is not verified: old servers often have an expired or a self-signed one.</summary>
    public bool AcceptsAnyCertificate { get; set; }

    public SourceAuthentication Authentication { get; set; }

    /// <summary>Whose mailbox is copied, as the other server names them.</summary>
    public required string User { get; set; }

    /// <summary>
    /// Who signs in for <see cref="User"/> (SASL PLAIN with an authorization identity, RFC 4616); null if they do themselves.
    /// </summary>
    public string? ProxyUser { get; set; }

    /// <summary>The password or token, sealed with the panel's key. Null as soon as the copy has ended.</summary>
    public string? Secret { get; set; }

    /// <summary>Copied messages that are gone from the other server are removed here too.</summary>
    public bool FollowsDeletions { get; set; }

    /// <summary>A superuser started it: the other server may be in a private network.</summary>
    public bool ReachesPrivateNetworks { get; set; }

    public MailboxCopyState State { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    /// <summary>When a run that waits may begin.</summary>
    public DateTimeOffset DueAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The node that carries it out.</summary>
    public string? LeasedBy { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Consecutive failures of this run.</summary>
    public int Attempts { get; set; }

    /// <summary>Why the last attempt failed, or null.</summary>
    public CopyFailure? Failure { get; set; }

    /// <summary>The server's own words about it.</summary>
    public string? FailureText { get; set; }

    /// <summary>Messages in the folders of the other server.</summary>
    public long TotalMessages { get; set; }

    /// <summary>In octets; 0 as long as it is unknown.</summary>
    public long TotalOctets { get; set; }

    /// <summary>Those of them that are here, copied by this run or an earlier one.</summary>
    public long Messages { get; set; }

    public long Octets { get; set; }

    /// <summary>Messages that this run has copied.</summary>
    public long CopiedMessages { get; set; }

    public long CopiedOctets { get; set; }

    /// <summary>Messages that could not be copied.</summary>
    public long Failures { get; set; }

    /// <summary>Messages a second over the last seconds.</summary>
    public double MessageRate { get; set; }

    /// <summary>Octets a second over the last seconds.</summary>
    public double OctetRate { get; set; }

    /// <summary>The folder that is being copied, or null.</summary>
    public string? Folder { get; set; }

    /// <summary>Whether it is waiting, running or paused: it still has its password.</summary>
    public bool IsOpen => State is MailboxCopyState.Waiting or MailboxCopyState.Running or MailboxCopyState.Paused;
}

public enum MailboxCopyState
{
    /// <summary>It begins when its turn comes, or is tried again after a failure.</summary>
    Waiting,

    Running,

    Paused,

    /// <summary>All folders were copied; single messages may have been refused.</summary>
    Finished,

    /// <summary>It can't go on before somebody changes something: see <see cref="MailboxCopy.Failure"/>.</summary>
    Failed,

    Cancelled,
}

/// <summary>How the connection to the other server is secured.</summary>
public enum SourceSecurity
{
    /// <summary>From the first octet (port 993).</summary>
    Tls,

    /// <summary>By the command STARTTLS (port 143).</summary>
    StartTls,

    /// <summary>Not at all: the password crosses the network in clear.</summary>
    None,
}

public enum SourceAuthentication
{
    /// <summary>The user's own name and password.</summary>
    Password,

    /// <summary>An administrator's name and password, for the user (SASL PLAIN with an authorization identity).</summary>
    Proxy,

    /// <summary>An OAuth 2.0 access token (SASL XOAUTH2).</summary>
    OAuth2,
}

/// <summary>Why an attempt to copy failed as a whole.</summary>
public enum CopyFailure
{
    HostUnknown,

    /// <summary>The address is in a network that this admin's copies may not reach.</summary>
    NetworkForbidden,

    /// <summary>Nothing answers at this port, or not in time.</summary>
    NoAnswer,

    /// <summary>What answers is no IMAP server, or speaks no TLS at this port.</summary>
    NotSecured,

    CertificateInvalid,

    /// <summary>The server refused the name or the password.</summary>
    SignInRefused,

    /// <summary>The server does not offer this kind of sign-in.</summary>
    AuthenticationUnsupported,

    /// <summary>The connection to the other server was lost.</summary>
    SourceLost,

    /// <summary>The mail server here can't be asked.</summary>
    TargetLost,

    /// <summary>The account's mailbox here is missing, or another mailbox has its name.</summary>
    MailboxMissing,

    /// <summary>The panel's key has changed: the password has to be entered again.</summary>
    SecretLost,
}
