using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>Why a ManageSieve server answered NO (RFC 5804, section 1.3).</summary>
public enum SieveRefusal
{
    /// <summary>There is no response code that says more than the server's words.</summary>
    Other,

    /// <summary>The panel may not act as this user, or may not sign in at all.</summary>
    SignIn,

    /// <summary>The server lacks something that is needed: STARTTLS, or an extension.</summary>
    Unsupported,

    /// <summary>The server refers the panel to another server; the panel never follows a referral.</summary>
    Referral,

    /// <summary>The script is larger than the server allows.</summary>
    ScriptTooLarge,

    /// <summary>The user has as many scripts as the server allows.</summary>
    TooManyScripts,

    /// <summary>Another limit.</summary>
    Quota,

    /// <summary>The server can't compile the script.</summary>
    InvalidScript,

    /// <summary>There is no script of that name.</summary>
    Missing,

    /// <summary>Another script has the name.</summary>
    NameTaken,

    /// <summary>The active script can't be deleted.</summary>
    Active,
}

/// <summary>The ManageSieve server answered NO, or lacks something that is needed.</summary>
public sealed class SieveRefusedException : ServerRefusedException
{
    // A referral comes with BYE: the server has disconnected.
    public SieveRefusedException(SieveRefusal reason, string words, Exception? inner = null) : base(words, inner) =>
        (Reason, EndsConnection) = (reason, reason == SieveRefusal.Referral);

    public SieveRefusal Reason { get; }
}

/// <summary>The ManageSieve server can't be asked, has sent BYE, or violates the protocol.</summary>
public sealed class SieveUnavailableException(string message, Exception? inner = null) : ServerUnavailableException(message, inner);

/// <summary>The server's input is not ManageSieve, or exceeds a limit.</summary>
internal sealed class SieveProtocolException(string message) : IOException(message);
