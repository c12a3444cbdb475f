using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning;

internal static partial class Log
{
    [LoggerMessage(EventId = 600, Level = LogLevel.Information, Message = "Listening for Postfix on {Socket}")]
    public static partial void PostfixAnswered(this ILogger logger, string socket);

    [LoggerMessage(
        EventId = 601, Level = LogLevel.Error,
        Message = "The database could not be read for a message. The message went on by the rules of the maps")]
    public static partial void SendersUnreadable(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 602, Level = LogLevel.Warning, Message = "Accepting a connection on {Socket} failed")]
    public static partial void PostfixAcceptFailed(this ILogger logger, Exception exception, string socket);

    [LoggerMessage(EventId = 603, Level = LogLevel.Error, Message = "A request on {Socket} failed unexpectedly. It got no answer")]
    public static partial void PostfixQuestionFailed(this ILogger logger, Exception exception, string socket);

    [LoggerMessage(EventId = 604, Level = LogLevel.Warning, Message = "{Socket} received a malformed request and closed the connection")]
    public static partial void PostfixMalformed(this ILogger logger, string socket);
}
