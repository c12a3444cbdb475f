using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "Quotas cannot be read. Pages say so until Cyrus answers again")]
    public static partial void QuotasUnavailable(ILogger logger, Exception fault);

    [LoggerMessage(3002, LogLevel.Debug, "Cyrus still does not answer")]
    public static partial void QuotasStillUnavailable(ILogger logger, Exception fault);

    [LoggerMessage(3003, LogLevel.Information, "Quotas can be read again")]
    public static partial void QuotasAvailable(ILogger logger);
}
