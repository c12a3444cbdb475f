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

    [LoggerMessage(LogLevel.Warning, "One-time links that nobody opened could not be wiped; the next time is soon")]
    public static partial void LinksNotWiped(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Not permitted: {Reason}")]
    public static partial void NotPermitted(ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "The hoster's settings could not be read anew; the next time is soon")]
    public static partial void HosterNotRead(ILogger log, Exception exception);
}
