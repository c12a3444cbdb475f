using System.Runtime.InteropServices;

namespace MailAdmin.Core.Sending;

/// <summary>Sending limits of an account. Each limit: null inherits it (account, domain, hoster), 0 means no limit.</summary>
/// <param name="MessagesPerHour">Messages per clock hour.</param>
/// <param name="RecipientsPerHour">Recipients per clock hour, summed over all messages.</param>
/// <param name="MessagesPerDay">Messages in the current hour and the 23 before it.</param>
/// <param name="RecipientsPerDay">Recipients in the same hours, summed over all messages.</param>
public sealed record SendingLimits(int? MessagesPerHour, int? RecipientsPerHour, int? MessagesPerDay, int? RecipientsPerDay)
{
    /// <summary>The largest value that can be set.</summary>
    public const int Highest = 10_000_000;

    /// <summary>
    /// The limits until the hoster sets others. They are well above what people and the programs of a small office send, and well below
    /// what makes a stolen password worthwhile. The hoster knows the senders of newsletters.
    /// </summary>
    public static SendingLimits Default { get; } = new(200, 2_000, 1_000, 5_000);

    /// <summary>All limits are inherited.</summary>
    public static SendingLimits Inherited { get; } = new(null, null, null, null);

    /// <summary>These limits, with unset ones inherited from <paramref name="above"/>.</summary>
    public SendingLimits Over(SendingLimits above) => new(
        MessagesPerHour ?? above.MessagesPerHour, RecipientsPerHour ?? above.RecipientsPerHour, MessagesPerDay
            ?? above.MessagesPerDay, RecipientsPerDay ?? above.RecipientsPerDay);

    /// <summary>The limit that this many more messages and recipients would exceed, hourly ones first; null if they may be sent.</summary>
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

/// <summary>The quantities that are limited.</summary>
public enum SendingMeasure
{
    MessagesPerHour,
    RecipientsPerHour,
    MessagesPerDay,
    RecipientsPerDay,
}

/// <summary>What an account has sent in the current hour, and in that hour and the 23 before it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SendingTotals(long HourMessages, long HourRecipients, long DayMessages, long DayRecipients)
{
    public static SendingTotals operator +(SendingTotals a, SendingTotals b) => new(
        a.HourMessages + b.HourMessages, a.HourRecipients + b.HourRecipients, a.DayMessages + b.DayMessages,
        a.DayRecipients + b.DayRecipients);

    public static SendingTotals Add(SendingTotals left, SendingTotals right) => left + right;
}

/// <summary>
/// Hours since 1970, in which sending is counted: clock hours in every time zone whose offset from UTC is in whole hours.
/// </summary>
public static class SendingHour
{
    public const int Day = 24;

    public static long Of(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3_600;

    public static DateTimeOffset StartOf(long hour) => DateTimeOffset.FromUnixTimeSeconds(hour * 3_600);
}
