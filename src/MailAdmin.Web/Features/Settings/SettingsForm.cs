using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Settings;

/// <summary>The admin's own settings as they were typed.</summary>
/// <param name="Language">Empty for the browser's.</param>
/// <param name="TimeZone">Empty for the hoster's.</param>
public sealed record SettingsForm(string? Language, string? PageSize, string? QuotaWarning, string? TimeZone)
{
    public static SettingsForm Of(SignedInAdmin admin) => new(
        admin.Language, admin.PageSize.ToString(CultureInfo.InvariantCulture),
        admin.QuotaWarningPercent.ToString(CultureInfo.InvariantCulture), HosterTime.IanaOf(admin.TimeZone));

    /// <summary>"Saved", in the language of the next page.</summary>
    internal static string SavedIn(string? language) =>
        SettingsTexts.ResourceManager.GetString(nameof(SettingsTexts.Saved), PanelLanguages.Find(language) ?? CultureInfo.CurrentUICulture)
            ?? SettingsTexts.Saved;

    /// <summary>Returns the request, or all faults of the form.</summary>
    public Result<OwnSettings> ToSettings()
    {
        List<Problem> problems = [];
        var language = PanelLanguages.Find(Language)?.Name;
        if (language is null && !string.IsNullOrEmpty(Language)) problems.Add(FormProblems.ChoiceUnknown.At(nameof(Language)));
        var size = Number(PageSize, nameof(PageSize), problems);
        var warning = Number(QuotaWarning, nameof(QuotaWarning), problems);
        return problems.Count > 0
            ? problems
            : new OwnSettings(language, size, warning) { TimeZone = string.IsNullOrWhiteSpace(TimeZone) ? null : TimeZone.Trim() };
    }

    private static int Number(string? text, string field, List<Problem> problems)
    {
        if (int.TryParse(
            (text ?? "").Trim().TrimEnd('%')
                .TrimEnd(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        problems.Add(FormProblems.NumberMalformed((text ?? "").Trim()).At(field));
        return 0;
    }
}

/// <param name="Present">The current password.</param>
public sealed record OwnPasswordForm(string? Present, string? Password, string? Confirmation);
