using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning;

internal static partial class Log
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Information, Message = "Listening for logins on {Socket}")]
    public static partial void LoginsAnswered(this ILogger logger, string socket);

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "The database could not be read for a login. The login got no answer")]
    public static partial void AccountsUnreadable(this ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 302, Level = LogLevel.Error, Message = "The stored password hash of {Username} is malformed. Nobody can sign in with it")]
    public static partial void HashUnreadable(this ILogger logger, string username);

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "The password hash queue is full. A login got no answer")]
    public static partial void PasswordHashQueueFull(this ILogger logger);

    [LoggerMessage(EventId = 304, Level = LogLevel.Warning, Message = "A login was not answered within {Deadline}")]
    public static partial void LoginDeadline(this ILogger logger, TimeSpan deadline);

    [LoggerMessage(EventId = 305, Level = LogLevel.Debug, Message = "The login socket received a malformed request")]
    public static partial void LoginMalformed(this ILogger logger);

    [LoggerMessage(EventId = 306, Level = LogLevel.Error, Message = "A login failed unexpectedly. It got no answer")]
    public static partial void LoginFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 307, Level = LogLevel.Warning, Message = "Accepting a connection on the login socket failed")]
    public static partial void LoginAcceptFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 309, Level = LogLevel.Information,
        Message = "Sign-in to {Service} as {Address} was refused: the service takes only the username, {Username}")]
    public static partial void AddressTried(this ILogger logger, string service, string address, string username);

    [LoggerMessage(
        EventId = 310, Level = LogLevel.Error,
        Message = "The password of the Cyrus administrator cannot be read (Cyrus:AdminPasswordFile). Their login got no answer")]
    public static partial void AdminPasswordUnreadable(this ILogger logger);

    [LoggerMessage(EventId = 320, Level = LogLevel.Warning, Message = "A ManageSieve session of {Username} could not be ended: {Message}")]
    public static partial void SieveSessionGoesOn(this ILogger logger, string username, string message);
}
