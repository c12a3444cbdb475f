using MailAdmin.Core.Results;

namespace MailAdmin.Core.Sending;

/// <summary>Why limits can't be as asked.</summary>
public static class SendingProblems
{
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    /// <summary>Nothing was recorded: it is recorded already.</summary>
    internal static Problem IsKnown { get; } = new("ChangedMeanwhile");

    internal static IEnumerable<Problem> OutOfRange(SendingLimits limits) =>
        from measure in Enum.GetValues<SendingMeasure>()
        where limits.Of(measure) is < 0 or > SendingLimits.Highest
        select new Problem("SendingLimitOutOfRange", measure.ToString(), SendingLimits.Highest);

    /// <summary>Limits above the domain's, which only a superuser gives.</summary>
    internal static IEnumerable<Problem> Above(SendingLimits limits, SendingLimits domains) =>
        from measure in Enum.GetValues<SendingMeasure>()
        where limits.Of(measure) is { } own && domains.Of(measure) is > 0 and var most && (own == 0 || own > most)
        select new Problem("SendingLimitAboveDomain", measure.ToString(), domains.Of(measure)!);
}
