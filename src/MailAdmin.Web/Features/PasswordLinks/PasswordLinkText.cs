using MailAdmin.Core.PasswordLinks;

namespace MailAdmin.Web.Features.PasswordLinks;

internal static class PasswordLinkText
{
    public static (string Style, string Word) StateOf(PasswordLinkState state) => state switch
    {
        PasswordLinkState.Waiting => ("wait", PasswordLinkTexts.Waiting),
        PasswordLinkState.Shown => ("ok", PasswordLinkTexts.StateShown),
        PasswordLinkState.Withdrawn => ("idle", PasswordLinkTexts.StateWithdrawn),
        PasswordLinkState.Replaced => ("idle", PasswordLinkTexts.Replaced),
        _ => ("idle", PasswordLinkTexts.Expired),
    };

    /// <summary>An hour, a day, three days, a week.</summary>
    public static string LifetimeOf(int hours) => hours switch
    {
        1 => PasswordLinkTexts.AnHour,
        24 => PasswordLinkTexts.ADay,
        72 => PasswordLinkTexts.ThreeDays,
        _ => PasswordLinkTexts.AWeek,
    };
}
