using MailAdmin.Core.Results;

namespace MailAdmin.Core.Sending;

/// <summary>Reasons why sending limits cannot be as requested.</summary>
public static class SendingProblems
{
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    public static Problem OutOfRange(SendingMeasure measure) => new("SendingLimitOutOfRange", measure.ToString(), SendingLimits.Highest);

    /// <summary>Only a superuser may set an account's limit above its domain's.</summary>
    public static Problem AboveDomain(SendingMeasure measure, int most) => new("SendingLimitAboveDomain", measure.ToString(), most);
}
