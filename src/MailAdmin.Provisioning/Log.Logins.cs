using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning;

internal static partial class Log
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Information, Message = "Logins are answered at {Socket}")]
    public static partial void LoginsAnswered(this ILogger logger, string socket);

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "Accounts could not be read for a login; it was left without an answer")]
    public static partial void AccountsUnreadable(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 302, Level = LogLevel.Error, Message = "The stored password hash of {Username} is none; nobody can sign in with it")]
    public static partial void HashUnreadable(this ILogger logger, string username);

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "Too many passwords wait to be checked; a login was left without an answer")]
    public static partial void PasswordHashQueueFull(this ILogger logger);

    [LoggerMessage(EventId = 304, Level = LogLevel.Warning, Message = "A login was not answered within {Deadline}")]
    public static partial void LoginDeadline(this ILogger logger, TimeSpan deadline);

    [LoggerMessage(EventId = 305, Level = LogLevel.Debug, Message = "What came to the login socket was no request")]
    public static partial void LoginMalformed(this ILogger logger);

    [LoggerMessage(EventId = 306, Level = LogLevel.Error, Message = "A login failed in an unforeseen way; it was left without an answer")]
    public static partial void LoginFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 307, Level = LogLevel.Warning, Message = "A connection to the login socket could not be taken")]
    public static partial void LoginAcceptFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 309, Level = LogLevel.Information, Message = "Somebody tried to sign in to {Service} as {Address}; it takes the username alone: {Username}")]
    public static partial void AddressTried(this ILogger logger, string service, string address, string username);

    [LoggerMessage(EventId = 310, Level = LogLevel.Error, Message = "The password of Cyrus' administrator can't be read (Cyrus:AdminPasswordFile); their login was left without an answer")]
    public static partial void AdminPasswordUnreadable(this ILogger logger);

    [LoggerMessage(EventId = 320, Level = LogLevel.Warning, Message = "A ManageSieve session of {Username} could not be ended: {Words}")]
    public static partial void SieveSessionGoesOn(this ILogger logger, string username, string words);
}
