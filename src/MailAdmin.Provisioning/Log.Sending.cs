using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning;

internal static partial class Log
{
    [LoggerMessage(EventId = 600, Level = LogLevel.Information, Message = "Postfix' questions about what users send are answered at {Socket}")]
    public static partial void PostfixAnswered(this ILogger logger, string socket);

    [LoggerMessage(EventId = 601, Level = LogLevel.Error, Message = "An account could not be read for a message; it went on with the rights of the maps")]
    public static partial void SendersUnreadable(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 602, Level = LogLevel.Warning, Message = "A connection to {Socket} could not be taken")]
    public static partial void PostfixAcceptFailed(this ILogger logger, Exception exception, string socket);

    [LoggerMessage(EventId = 603, Level = LogLevel.Error, Message = "A question at {Socket} failed in an unforeseen way; it was left without an answer")]
    public static partial void PostfixQuestionFailed(this ILogger logger, Exception exception, string socket);

    [LoggerMessage(EventId = 604, Level = LogLevel.Warning, Message = "What came to {Socket} was no question of Postfix; the connection was closed")]
    public static partial void PostfixMalformed(this ILogger logger, string socket);
}
