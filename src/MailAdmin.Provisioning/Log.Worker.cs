using MailAdmin.Core.Outbox;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning;

internal static partial class Log
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Job {Kind} {Subject} is deferred: {Message}")]
    public static partial void JobDeferred(this ILogger logger, JobKind kind, long subject, string message);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "Job {Kind} {Subject} failed")]
    public static partial void JobFailed(this ILogger logger, Exception e, JobKind kind, long subject);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, Message = "The scripts of account {Account} could not be read")]
    public static partial void VacationUnseen(this ILogger logger, Exception e, long account);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "The switch of {Domain} is deferred: {Message}")]
    public static partial void SwitchWaits(this ILogger logger, string domain, string message);

    [LoggerMessage(
        EventId = 2201, Level = LogLevel.Information,
        Message = "{Accounts} accounts and the maps were compared with the servers: {Findings} differences")]
    public static partial void DriftDone(this ILogger logger, long accounts, long findings);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "The comparison with the servers could not be finished: {Message}")]
    public static partial void DriftFailed(this ILogger logger, string? message);
}
