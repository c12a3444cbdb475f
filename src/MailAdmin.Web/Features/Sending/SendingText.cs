using MailAdmin.Core.Accounts;
using MailAdmin.Core.Sending;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Sending;

/// <summary>Texts about limits.</summary>
public static class SendingText
{
    public static IReadOnlyList<SendingMeasure> Measures { get; } = Enum.GetValues<SendingMeasure>();

    public static string NameOf(SendingMeasure measure) => measure switch
    {
        SendingMeasure.MessagesPerHour => SendingTexts.MessagesPerHour,
        SendingMeasure.RecipientsPerHour => SendingTexts.RecipientsPerHour,
        SendingMeasure.MessagesPerDay => SendingTexts.MessagesPerDay,
        _ => SendingTexts.RecipientsPerDay,
    };

    /// <summary>The number, or a text for no limit.</summary>
    public static string ValueOf(int? limit) => limit is > 0 and var number ? ((long)number).Shown() : SendingTexts.NoLimit;

    /// <summary>What an account has sent, in the given measure.</summary>
    public static long Of(SendingTotals sent, SendingMeasure measure) => measure switch
    {
        SendingMeasure.MessagesPerHour => sent.HourMessages,
        SendingMeasure.RecipientsPerHour => sent.HourRecipients,
        SendingMeasure.MessagesPerDay => sent.DayMessages,
        _ => sent.DayRecipients,
    };

    /// <summary>The limit that an account has reached: "Messages an hour: 200".</summary>
    public static string Reached(SendingMeasure measure, int limit) => SendingTexts.FormatReached(NameOf(measure), ((long)limit).Shown());

    /// <summary>Null while the account may send.</summary>
    public static SendingStop? StopOf(AccountRow account, TimeProvider clock) =>
        account.Stop is { } stop && stop.Until > clock.GetUtcNow() ? stop : null;
}
