using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning;

internal static partial class Log
{
    [LoggerMessage(EventId = 600, Level = LogLevel.Information, Message = "Postfix' questions about what users send are answered at {Socket}")]
    public static partial void PolicyAnswered(this ILogger logger, string socket);

    [LoggerMessage(EventId = 601, Level = LogLevel.Error, Message = "An account could not be read for a message; it went on with the rights of the maps")]
    public static partial void SendersUnreadable(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 602, Level = LogLevel.Warning, Message = "A connection to the policy socket could not be taken")]
    public static partial void PolicyAcceptFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 603, Level = LogLevel.Error, Message = "A question at the policy socket failed in an unforeseen way; it was left without an answer")]
    public static partial void PolicyFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 604, Level = LogLevel.Warning, Message = "What came to the policy socket was no question; the connection was closed")]
    public static partial void PolicyMalformed(this ILogger logger);
}
