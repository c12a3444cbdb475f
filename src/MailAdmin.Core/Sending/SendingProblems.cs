using MailAdmin.Core.Results;

namespace MailAdmin.Core.Sending;

/// <summary>Why limits can't be as asked.</summary>
public static class SendingProblems
{
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    public static Problem OutOfRange(SendingMeasure measure) => new("SendingLimitOutOfRange", measure.ToString(), SendingLimits.Highest);

    /// <summary>Only a superuser gives an account more than its domain has.</summary>
    public static Problem AboveDomain(SendingMeasure measure, int most) => new("SendingLimitAboveDomain", measure.ToString(), most);
}
