using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning;

internal static partial class Log
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Error, Message = "{Work} failed. It is retried until it succeeds")]
    public static partial void LoopFailed(this ILogger logger, Exception exception, string work);

    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "{Work} works again after {Failures} failures")]
    public static partial void LoopRecovered(this ILogger logger, string work, int failures);
}
