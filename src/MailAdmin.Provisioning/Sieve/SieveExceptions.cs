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

/// <summary>The server answered NO, or what it offers is not enough: asking again at once is no use, a person has to look.</summary>
public sealed class SieveRefusedException(SieveRefusal reason, string words, Exception? inner = null) : Exception(words, inner)
{
    public SieveRefusal Reason { get; } = reason;
}

/// <summary>
/// The server can't be asked: no connection, no answer in time, BYE, or what it says is no ManageSieve. What was asked may have been done or
/// not; asking again does no harm.
/// </summary>
public sealed class SieveUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What the server sent is no ManageSieve, or more than anybody needs.</summary>
internal sealed class SieveProtocolException(string message) : IOException(message);
