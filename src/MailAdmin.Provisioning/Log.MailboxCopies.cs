using MailAdmin.Core.MailboxCopies;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning;

internal static partial class Log
{
    [LoggerMessage(EventId = 2301, Level = LogLevel.Information, Message = "The copy {Copy} into {Username} is finished")]
    public static partial void CopyFinished(this ILogger logger, long copy, string username);

    [LoggerMessage(
        EventId = 2302, Level = LogLevel.Warning, Message = "The copy {Copy} into {Username} stopped: {Failure}, {ResponseText}")]
    public static partial void CopyFailed(
        this ILogger logger, Exception exception, long copy, string username, CopyFailure failure, string? responseText);

    [LoggerMessage(
        EventId = 2303, Level = LogLevel.Error, Message = "The copy {Copy} into {Username} failed unexpectedly. It is tried again")]
    public static partial void CopyBroke(this ILogger logger, Exception exception, long copy, string username);
}
