using MailAdmin.Core.Outbox;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning;

internal static partial class Log
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "{Kind} of {Subject} waits: {Words}")]
    public static partial void TaskDeferred(this ILogger logger, OutboxKind kind, long subject, string words);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "{Kind} of {Subject} failed")]
    public static partial void TaskFailed(this ILogger logger, Exception e, OutboxKind kind, long subject);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "The worker stumbled for the {Failures}. time and goes on")]
    public static partial void WorkerStumbled(this ILogger logger, Exception e, int failures);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "Which mailboxes are full can't be seen; it is tried again")]
    public static partial void FullnessUnknown(this ILogger logger, Exception e);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Warning, Message = "The scripts of the vacations can't be looked at; it is tried again")]
    public static partial void VacationsUnseen(this ILogger logger, Exception e);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, Message = "The scripts of account {Account} can't be looked at")]
    public static partial void VacationUnseen(this ILogger logger, Exception e, long account);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "The switch of {Domain} waits: {Words}")]
    public static partial void SwitchWaits(this ILogger logger, string domain, string words);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Error, Message = "Switches of domains can't be looked at; it is tried again")]
    public static partial void SwitchStumbled(this ILogger logger, Exception e);

    [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "The maps of {Host} could not be updated, attempt {Failures}")]
    public static partial void MapsFailed(this ILogger logger, Exception e, string host, int failures);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Error, Message = "Whether mail and changes get to the mail server could not be checked; it is tried again")]
    public static partial void DeliveryNotLookedAt(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "{Accounts} accounts and the maps were compared with the servers: {Findings} differences")]
    public static partial void DriftDone(this ILogger logger, long accounts, long findings);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "The comparison with the servers could not be finished: {Words}")]
    public static partial void DriftFailed(this ILogger logger, string? words);

    [LoggerMessage(EventId = 2203, Level = LogLevel.Warning, Message = "The comparison with the servers could not read or write the database; the next time is soon")]
    public static partial void DriftNotRead(this ILogger logger, Exception e);
}
