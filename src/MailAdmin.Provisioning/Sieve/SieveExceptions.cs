using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>Why a ManageSieve server said no (RFC 5804, section 1.3).</summary>
public enum SieveRefusal
{
    /// <summary>No code that tells more than its words.</summary>
    Other,

    /// <summary>The panel may not act as this user, or not sign in at all.</summary>
    SignIn,

    /// <summary>The server can't do what is needed: no STARTTLS, no such extension.</summary>
    Unsupported,

    /// <summary>The server sends us elsewhere; we never go where a server says.</summary>
    Referral,

    /// <summary>The script is larger than the server takes.</summary>
    ScriptTooLarge,

    /// <summary>The user has as many scripts as the server allows.</summary>
    TooManyScripts,

    /// <summary>Another limit.</summary>
    Quota,

    /// <summary>The server can't compile the script.</summary>
    InvalidScript,

    /// <summary>There is no script of that name.</summary>
    Missing,

    /// <summary>The name is another script's.</summary>
    NameTaken,

    /// <summary>The active script can't be deleted.</summary>
    Active,
}

/// <summary>The ManageSieve server answered NO, or what it offers is not enough.</summary>
public sealed class SieveRefusedException : ServerRefusedException
{
    // A referral comes with BYE: the server has hung up.
    public SieveRefusedException(SieveRefusal reason, string words, Exception? inner = null) : base(words, inner) =>
        (Reason, EndsConnection) = (reason, reason == SieveRefusal.Referral);

    public SieveRefusal Reason { get; }
}

/// <summary>The ManageSieve server can't be asked, has said BYE, or what it says is no ManageSieve.</summary>
public sealed class SieveUnavailableException(string message, Exception? inner = null) : ServerUnavailableException(message, inner);

/// <summary>What the server sent is no ManageSieve, or more than anybody needs.</summary>
internal sealed class SieveProtocolException(string message) : IOException(message);
