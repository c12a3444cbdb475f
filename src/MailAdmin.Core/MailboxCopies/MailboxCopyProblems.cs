using MailAdmin.Core.Results;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>The problems of starting a copy.</summary>
public static class MailboxCopyProblems
{
    public static Problem HostMissing { get; } = new("CopyHostMissing", "Host");
    public static Problem HostMalformed { get; } = new("CopyHostMalformed", "Host");
    public static Problem UserMissing { get; } = new("CopyUserMissing", "User");
    public static Problem ProxyUserMissing { get; } = new("CopyProxyUserMissing", "ProxyUser");
    public static Problem SecretMissing { get; } = new("CopySecretMissing", "Secret");
    public static Problem TextTooLong { get; } = new("CopyTextTooLong");

    /// <summary>The account's mailbox is still being made.</summary>
    public static Problem MailboxNotReady { get; } = new("CopyMailboxNotReady");

    public static Problem AlreadyOpen { get; } = new("CopyAlreadyOpen");
    public static Problem NotOpen { get; } = new("CopyNotOpen");
    public static Problem NotPaused { get; } = new("CopyNotPaused");

    /// <param name="ports">The ports that the panel's settings allow.</param>
    public static Problem PortForbidden(string ports) => new("CopyPortForbidden", "Port", ports);

    public static Problem PortOutOfRange { get; } = new("CopyPortOutOfRange", "Port");

    /// <summary>The line names no account of the domain.</summary>
    public static Problem AccountUnknown(string line) => new("CopyAccountUnknown", "Accounts", line);

    /// <summary>What is wrong with the connection, beside the field that has to be changed.</summary>
    /// <param name="words">The server's own words, or null.</param>
    public static Problem Of(CopyFailure failure, string? words) => failure switch
    {
        CopyFailure.AuthenticationUnsupported => AuthenticationUnsupported(words ?? ""),
        CopyFailure.HostUnknown => HostUnknown,
        CopyFailure.NetworkForbidden => NetworkForbidden,
        CopyFailure.NoAnswer => NoAnswer(words ?? ""),
        CopyFailure.NotSecured => NotSecured(words ?? ""),
        CopyFailure.CertificateInvalid => CertificateInvalid(words ?? ""),
        CopyFailure.SignInRefused => SignInRefused(words ?? ""),
        CopyFailure.SourceLost => SourceLost(words ?? ""),
        CopyFailure.TargetLost => TargetLost(words ?? ""),
        CopyFailure.MailboxMissing => MailboxMissing(words ?? ""),
        _ => SecretLost,
    };

    public static Problem HostUnknown { get; } = new("CopyHostUnknown", "Host");
    public static Problem NetworkForbidden { get; } = new("CopyNetworkForbidden", "Host");
    public static Problem SecretLost { get; } = new("CopySecretLost", "Secret");

    public static Problem NoAnswer(string words) => new("CopyNoAnswer", "Port", words);

    public static Problem NotSecured(string words) => new("CopyNotSecured", "Security", words);

    public static Problem CertificateInvalid(string words) => new("CopyCertificateInvalid", "Security", words);

    public static Problem SignInRefused(string words) => new("CopySignInRefused", "Secret", words);

    public static Problem AuthenticationUnsupported(string words) => new("CopyAuthenticationUnsupported", "Authentication", words);

    public static Problem SourceLost(string words) => new("CopySourceLost", null, words);

    public static Problem TargetLost(string words) => new("CopyTargetLost", null, words);

    public static Problem MailboxMissing(string words) => new("CopyMailboxMissing", null, words);
}
