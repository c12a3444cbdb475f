using System.Globalization;
using MailAdmin.Core.Audit;

namespace MailAdmin.Web.Features.Audit;

/// <summary>What is wrong with a part of the audit, in a sentence.</summary>
internal static class AuditFaultText
{
    public static string Of(AuditFault fault)
    {
        var (first, last) = (Number(fault.First), Number(fault.Last));
        return fault.Kind switch
        {
            AuditFaultKind.Edited => AuditTexts.FormatFaultEdited(first),
            AuditFaultKind.Missing => AuditTexts.FormatFaultMissing(first, last),
            AuditFaultKind.Inserted => AuditTexts.FormatFaultInserted(first),
            AuditFaultKind.CutOff => AuditTexts.FormatFaultCutOff(first, last),
            AuditFaultKind.EndDiffers => AuditTexts.FormatFaultEndDiffers(first),
            AuditFaultKind.Rewritten => AuditTexts.FormatFaultRewritten(first),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, null),
        };
    }

    // As they are asked for again: without marks between the digits.
    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
