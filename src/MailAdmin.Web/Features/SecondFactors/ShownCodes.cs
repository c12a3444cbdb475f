using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace MailAdmin.Web.Features.SecondFactors;

/// <summary>Passes recovery codes to the only page that shows them, in the encrypted cookie of notices.</summary>
internal static class ShownCodes
{
    private const string Key = "recovery-codes";

    public static void PutCodes(this ITempDataDictionary data, RecoveryCodeList codes, string notice)
    {
        if (codes.Codes.Count > 0) data[Key] = codes.Codes.ToArray();
        data.Notice(notice);
    }

    public static IReadOnlyList<string> TakeCodes(this ITempDataDictionary data) => data[Key] as string[] ?? [];
}
