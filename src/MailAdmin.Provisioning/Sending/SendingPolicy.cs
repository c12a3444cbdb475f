using System.Data.Common;
using System.Globalization;
using MailAdmin.Core.Sending;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Decides whether a signed-in user may continue with a message. Postfix checks a sign-in only once, so a session outlives later changes to
/// its account: the policy checks each message anew.
/// </summary>
internal sealed class SendingPolicy(
    FindSender find, MailSessions sessions, SentMessages messages, TimeProvider time, ILogger<SendingPolicy> logger)
{
    /// <summary>No objection: Postfix' next restriction decides.</summary>
    public const string GoOn = "DUNNO";

    /// <summary>Postfix disconnects after 421. The mail program then connects again and signs in with the password that it has.</summary>
    public const string SignInAgain = "421 4.7.0 The password was changed, please sign in again";

    /// <summary>
    /// How long after a password change a session is ended if its initial password is unknown because the session is older than this
    /// process. Longer than Postfix lets a client idle: 120 commands that do nothing, each after five minutes (smtpd_junk_command_limit,
    /// smtpd_hard_error_limit).
    /// </summary>
    public static readonly TimeSpan LongestIdling = TimeSpan.FromDays(1);

    /// <param name="process">The id of the Postfix process, which serves one client at a time; 0 if it is not visible.</param>
    /// <returns>The action, in the syntax of access(5).</returns>
    public string Answer(PolicyRequest request, int process)
    {
        if (request.Login.Length == 0) return GoOn;
        try
        {
            return SenderName.Of(request.Login) is { } name ? Answer(request, name, process) : SenderRecord.Refusal;
        }
        catch (DbException e)
        {
            // The message is accepted with the rights of the maps, as when nothing answers at the socket.
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
            // If a batch was written meanwhile, its counts may be neither in the row that was read nor in the waiting ones: read again.
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
        // Without the process id, sessions can't be told apart; refusing them all would shut out a user with the new password.
        if (process <= 0) return false;
        var began = sessions.Smtp(process)?.Account;
        if (began?.AccountId == sender.AccountId) return began.PasswordHash != sender.PasswordHash;
        return time.GetUtcNow() - sender.PasswordChangedAt < LongestIdling;
    }
}

/// <summary>Reads the account of a username or an address; null if there is none.</summary>
/// <remarks>It throws if the database can't be queried.</remarks>
/// <param name="hour">The current hour, for which the sent messages are counted.</param>
internal delegate SenderRecord? FindSender(string name, long hour);
