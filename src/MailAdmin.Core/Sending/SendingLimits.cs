using System.Runtime.InteropServices;

namespace MailAdmin.Core.Sending;

/// <summary>How much an account may send. Of each: null takes it from above (account, domain, hoster), 0 is no limit.</summary>
/// <param name="MessagesPerHour">In an hour of the clock.</param>
/// <param name="RecipientsPerHour">The same, each recipient counted.</param>
/// <param name="MessagesPerDay">In the running hour and the 23 before it.</param>
/// <param name="RecipientsPerDay">The same, each recipient counted.</param>
public sealed record SendingLimits(int? MessagesPerHour, int? RecipientsPerHour, int? MessagesPerDay, int? RecipientsPerDay)
{
    /// <summary>The highest that can be set.</summary>
    public const int Highest = 10_000_000;

    /// <summary>
    /// Until the hoster sets others. Well above what people write and what programs of a small office send, and well below what a stolen
    /// password is worth: newsletters are sent by somebody whom the hoster knows.
    /// </summary>
    public static SendingLimits Default { get; } = new(200, 2_000, 1_000, 5_000);

    /// <summary>Everything is taken from above.</summary>
    public static SendingLimits Inherited { get; } = new(null, null, null, null);

    /// <summary>These, and what they leave open from above.</summary>
    public SendingLimits Over(SendingLimits above) => new(
        MessagesPerHour ?? above.MessagesPerHour, RecipientsPerHour ?? above.RecipientsPerHour, MessagesPerDay
            ?? above.MessagesPerDay, RecipientsPerDay ?? above.RecipientsPerDay);

    /// <summary>Which of them is reached, the hour's first; null when so many more may go.</summary>
    public SendingMeasure? Exceeded(SendingTotals sent, int messages, int recipients) =>
        IsOver(MessagesPerHour, sent.HourMessages + messages) ? SendingMeasure.MessagesPerHour
        : IsOver(RecipientsPerHour, sent.HourRecipients + recipients) ? SendingMeasure.RecipientsPerHour
        : IsOver(MessagesPerDay, sent.DayMessages + messages) ? SendingMeasure.MessagesPerDay
        : IsOver(RecipientsPerDay, sent.DayRecipients + recipients) ? SendingMeasure.RecipientsPerDay
        : null;

    public int? Of(SendingMeasure measure) => measure switch
    {
        SendingMeasure.MessagesPerHour => MessagesPerHour,
        SendingMeasure.RecipientsPerHour => RecipientsPerHour,
        SendingMeasure.MessagesPerDay => MessagesPerDay,
        _ => RecipientsPerDay,
    };

    private static bool IsOver(int? limit, long sent) => limit is > 0 && sent > limit;
}

/// <summary>What is limited.</summary>
public enum SendingMeasure
{
    MessagesPerHour,
    RecipientsPerHour,
    MessagesPerDay,
    RecipientsPerDay,
}

/// <summary>What an account has sent in the running hour, and in that and the 23 before it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SendingTotals(long HourMessages, long HourRecipients, long DayMessages, long DayRecipients)
{
    public static SendingTotals operator +(SendingTotals a, SendingTotals b) => new(
        a.HourMessages + b.HourMessages, a.HourRecipients + b.HourRecipients, a.DayMessages + b.DayMessages,
        a.DayRecipients + b.DayRecipients);

    public static SendingTotals Add(SendingTotals left, SendingTotals right) => left + right;
}

/// <summary>Hours since 1970, in which sending is counted: hours of the clock in every time zone that is whole hours from UTC.</summary>
public static class SendingHour
{
    public const int Day = 24;

    public static long Of(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3_600;

    public static DateTimeOffset StartOf(long hour) => DateTimeOffset.FromUnixTimeSeconds(hour * 3_600);
}
