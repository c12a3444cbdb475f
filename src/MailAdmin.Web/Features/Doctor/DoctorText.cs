using System.Globalization;
using MailAdmin.Provisioning.Doctor;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Doctor;

/// <summary>The doctor's texts.</summary>
internal static class DoctorText
{
    public static string NameOf(CheckReport report) => report.Name switch
    {
        "Database" => DoctorTexts.CheckDatabase,
        "Migrations" => DoctorTexts.CheckMigrations,
        "Clock" => DoctorTexts.CheckClock,
        "Disk" => DoctorTexts.CheckDisk,
        "Proxies" => DoctorTexts.CheckProxies,
        "LoginSocket" => DoctorTexts.CheckLoginSocket,
        "PolicyService" => DoctorTexts.CheckPolicyService,
        "Milter" => DoctorTexts.CheckMilter,
        "ImapSignIn" => DoctorTexts.CheckImapSignIn,
        "ImapRights" => DoctorTexts.CheckImapRights,
        "Separator" => DoctorTexts.CheckSeparator,
        "Namespace" => DoctorTexts.CheckNamespace,
        "Quota" => DoctorTexts.CheckQuota,
        "SieveSignIn" => DoctorTexts.CheckSieveSignIn,
        "SieveExtensions" => DoctorTexts.CheckSieveExtensions,
        "ImapdSettings" => DoctorTexts.CheckImapdSettings,
        "Postmap" => DoctorTexts.CheckPostmap,
        "Maps" => DoctorTexts.CheckMaps,
        "PostfixSettings" => DoctorTexts.CheckPostfixSettings,
        "SubmissionSettings" => DoctorTexts.CheckSubmissionSettings,
        "SieveListener" => DoctorTexts.CheckSieveListener,
        "NextHop" => DoctorTexts.CheckNextHop,
        "OldTls" => DoctorTexts.CheckOldTls,
        "CyrusServices" => DoctorTexts.CheckCyrusServices,
        "HostMail" => DoctorTexts.CheckHostMail,
        "ServerAccess" => DoctorTexts.CheckServerAccess,
        "Srs" => DoctorTexts.CheckSrs,
        "Certificates" => DoctorTexts.CheckCertificates,
        "Resolver" => DoctorTexts.CheckResolver,
        _ => throw new InvalidOperationException($"DoctorTexts has no name for {report.Name}."),
    };

    /// <summary>What a finding means for mail: its code is the key of a text in FindingTexts.</summary>
    /// <param name="zone">The time zone in which times are shown.</param>
    /// <exception cref="InvalidOperationException">The code has no text: a test ensures that each has one.</exception>
    public static string Of(Finding finding, TimeZoneInfo zone)
    {
        var text = FindingTexts.ResourceManager.GetString(finding.Code, CultureInfo.CurrentUICulture)
            ?? throw new InvalidOperationException($"FindingTexts has no text for {finding.Code}.");
        return string.Format(CultureInfo.CurrentCulture, text, [.. finding.Args.Select(a => Show(a, zone))]);
    }

    public static string StateOf(CheckState state) => state switch
    {
        CheckState.Fine => DoctorTexts.StateFine,
        CheckState.Failed => DoctorTexts.StateFailed,
        _ => DoctorTexts.StateUnknown,
    };

    public static string StyleOf(CheckState state) => state switch
    {
        CheckState.Fine => "ok",
        CheckState.Failed => "bad",
        _ => "idle",
    };

    /// <summary>The result in one line: all is well, or the number of failed checks.</summary>
    public static string Summary(IReadOnlyCollection<CheckReport> reports) => reports.Count(r => r.State == CheckState.Failed) switch
    {
        0 when reports.Any(r => r.State == CheckState.Unknown) => DoctorTexts.NotAllSeen,
        0 => DoctorTexts.AllFine,
        1 => DoctorTexts.Found_one,
        var failed => DoctorTexts.FormatFound_other(failed.Shown()),
    };

    public static int Weight(CheckState state) => state switch
    {
        CheckState.Failed => 0,
        CheckState.Unknown => 1,
        _ => 2,
    };

    private static object Show(object arg, TimeZoneInfo zone) => arg switch
    {
        DateTimeOffset at => Dates.Say(TimeZoneInfo.ConvertTime(at, zone).DateTime, "f"),
        int or long => Convert.ToInt64(arg, CultureInfo.InvariantCulture).Shown(),
        _ => arg,
    };
}
