namespace MailAdmin.Web;

/// <summary>What the panel says in its log; never a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "{Name} signed in from {Address}")]
    public static partial void SignedIn(ILogger log, string name, string? address);

    [LoggerMessage(LogLevel.Warning, "Sign-in refused for {Name} from {Address}")]
    public static partial void SignInRefused(ILogger log, string name, string? address);

    [LoggerMessage(LogLevel.Warning, "The password of {Name} was right and the code of the second step wrong, from {Address}")]
    public static partial void SecondStepRefused(ILogger log, string name, string? address);

    [LoggerMessage(LogLevel.Warning, "Refused sign-ins could not be written down; the next time is soon")]
    public static partial void FailuresNotRecorded(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "X-Forwarded-For comes from {Peer}, which is not in Proxies, so it is not believed and all browsers behind it count as one network. Name it there if it is your proxy")]
    public static partial void ProxyUnnamed(ILogger log, System.Net.IPAddress? peer);

    [LoggerMessage(LogLevel.Warning, "Refused to {Name}: {Method} {Page} ({Route}), because {Reason}")]
    public static partial void Refused(ILogger log, string name, string method, string page, string route, string reason);

    [LoggerMessage(LogLevel.Error, "The database could not be used; the page said so")]
    public static partial void DatabaseFailed(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "It could not be noted that a session was used")]
    public static partial void SessionNotNoted(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Information, "The audit ends at {Head}")]
    public static partial void AuditHead(ILogger log, Core.Audit.AuditHead head);

    [LoggerMessage(LogLevel.Error, "The secrets of {Count} authenticator apps can't be opened: the key file is not the one that they were encrypted with. Put that file back and restart, or reset these second factors")]
    public static partial void KeyFileDiffers(ILogger log, int count);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    public static partial void DatabaseOfOtherVersion(ILogger log, string reason);
}
