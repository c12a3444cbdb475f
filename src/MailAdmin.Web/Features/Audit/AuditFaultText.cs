using System.Globalization;
using MailAdmin.Core.Audit;

namespace MailAdmin.Web.Features.Audit;

/// <summary>A sentence about a fault in the audit.</summary>
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

    // Without digit grouping, so that the number can be typed into a query.
    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
