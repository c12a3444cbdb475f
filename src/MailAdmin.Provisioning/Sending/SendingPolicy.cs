using System.Data.Common;
using System.Globalization;
using MailAdmin.Core.Sending;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Says whether a signed-in user may go on with a message. Postfix asks about a sign-in once, so a session outlives what was changed since:
/// here each message is looked at anew.
/// </summary>
internal sealed class SendingPolicy(
    FindSender find, MailSessions sessions, SentMessages messages, TimeProvider time, ILogger<SendingPolicy> logger)
{
    /// <summary>Nothing against it: the next restriction decides.</summary>
    public const string GoOn = "DUNNO";

    /// <summary>Postfix hangs up after 421. A mail program connects again and signs in with the password that it has.</summary>
    public const string SignInAgain = "421 4.7.0 The password was changed, please sign in again";

    /// <summary>
    /// For how long after a new password a session is ended of which is not known what it began with, since it is older than this process.
    /// Longer than Postfix lets a client idle: 120 commands that do nothing, each after five minutes (smtpd_junk_command_limit,
    /// smtpd_hard_error_limit).
    /// </summary>
    public static readonly TimeSpan LongestIdling = TimeSpan.FromDays(1);

    /// <param name="process">Of Postfix, which serves one client at a time; 0 where it can't be seen.</param>
    /// <returns>The action, as access(5) knows it.</returns>
    public string Answer(PolicyRequest request, int process)
    {
        if (request.Login.Length == 0) return GoOn;
        try
        {
            return SenderName.Of(request.Login) is { } name ? Answer(request, name, process) : SenderRecord.Refusal;
        }
        catch (DbException e)
        {
            // Mail goes on with the rights of the maps, as when nobody answers here.
            logger.SendersUnreadable(e);
            return GoOn;
        }
    }

    private string Answer(PolicyRequest request, string name, int process)
    {
        while (true)
        {
            var (written, hour) = (messages.Written, SendingHour.Of(time.GetUtcNow()));
            var sender = find(name, hour);
            if (sender is not { MaySend: true }) return SenderRecord.Refusal;
            if (IsOfFormerPassword(sender, process)) return SignInAgain;
            // Where a batch was written meanwhile, it may be neither in what was read nor in what waits.
            if (written != messages.Written) continue;
            var isWhole = request.State == "DATA";
            return messages.Take(sender, isWhole ? request.Recipients : 1, hour, counts: isWhole) is { } measure
                ? Reached(sender, measure) : GoOn;
        }
    }

    private static string Reached(SenderRecord sender, SendingMeasure measure)
    {
        var (what, time) = measure switch
        {
            SendingMeasure.MessagesPerHour => ("message", "an hour"),
            SendingMeasure.RecipientsPerHour => ("recipient", "an hour"),
            SendingMeasure.MessagesPerDay => ("message", "a day"),
            _ => ("recipient", "a day"),
        };
        var limit = sender.Limits.Of(measure);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"450 4.7.1 This account may send {limit} {what}{(limit == 1 ? "" : "s")} {time}, please try again later");
    }

    private bool IsOfFormerPassword(SenderRecord sender, int process)
    {
        // Without the process no session can be told from another; refusing them all would shut out who has the new password.
        if (process <= 0) return false;
        var began = sessions.Smtp(process)?.Account;
        if (began?.AccountId == sender.AccountId) return began.PasswordHash != sender.PasswordHash;
        return time.GetUtcNow() - sender.PasswordChangedAt < LongestIdling;
    }
}

/// <summary>Reads the account that a username, or an address, belongs to; null when there is none.</summary>
/// <remarks>It throws when the database can't be asked.</remarks>
/// <param name="hour">The running one, of which it counts what was sent.</param>
internal delegate SenderRecord? FindSender(string name, long hour);
