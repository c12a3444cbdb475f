namespace MailAdmin.Web;

/// <summary>The panel's log messages; they never contain a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "{Name} signed in from {Address}")]
    public static partial void SignedIn(ILogger log, string name, string? address);

    [LoggerMessage(LogLevel.Warning, "Sign-in refused for {Name} from {Address}")]
    public static partial void SignInRefused(ILogger log, string name, string? address);

    [LoggerMessage(LogLevel.Warning, "Sign-in refused for {Name} from {Address}: the password was right, the second factor was wrong")]
    public static partial void SecondStepRefused(ILogger log, string name, string? address);

    [LoggerMessage(LogLevel.Warning, "Refused sign-ins could not be saved. They are saved with the next batch")]
    public static partial void FailuresNotRecorded(ILogger log, Exception exception);

    [LoggerMessage(
        LogLevel.Warning,
        "{Peer} sends X-Forwarded-For but is not listed in Proxies. The header is ignored, and all browsers behind it count as one network. Add it to Proxies if it is your proxy")]
    public static partial void ProxyUnnamed(ILogger log, System.Net.IPAddress? peer);

    [LoggerMessage(LogLevel.Warning, "Refused to {Name}: {Method} {Page} ({Route}), because {Reason}")]
    public static partial void Refused(ILogger log, string name, string method, string page, string route, string reason);

    [LoggerMessage(LogLevel.Error, "The database was unavailable. The page said so")]
    public static partial void DatabaseFailed(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The last use of a session could not be saved")]
    public static partial void SessionNotNoted(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The last use of a token could not be saved")]
    public static partial void TokenUseNotSaved(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Information, "The audit ends at {Head}")]
    public static partial void AuditHead(ILogger log, Core.Audit.AuditHead head);

    [LoggerMessage(
        LogLevel.Error,
        "The secrets of {Count} authenticator apps can't be opened: the key file is not the one that they were encrypted with. Put that file back and restart, or reset these second factors")]
    public static partial void KeyFileDiffers(ILogger log, int count);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    public static partial void DatabaseOfOtherVersion(ILogger log, string reason);

    [LoggerMessage(LogLevel.Critical, "The database {Location} is being restored. Start again when `mailadmin restore` has ended")]
    public static partial void DatabaseIsBeingRestored(ILogger log, string location);

    [LoggerMessage(
        LogLevel.Critical,
        "{Reason}. Another program listens there: `ss -ltnp` names it. Stop it, or give the panel another address (key Urls of the settings)")]
    public static partial void AddressTaken(ILogger log, string reason);
}
