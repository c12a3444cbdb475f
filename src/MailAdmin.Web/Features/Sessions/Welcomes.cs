using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// The end of each way to sign in: what was refused with this name before is told, and the page that was asked for is shown.
/// </summary>
internal static class Welcomes
{
    // People mistype; from elsewhere each one is told.
    private const int Telling = 3;

    /// <param name="lost">Something was sent after the session had ended.</param>
    /// <param name="told">What is to be said in any case.</param>
    public static async Task<IActionResult> WelcomeAsync(this Controller controller, Admin admin, bool? lost, string? told = null)
    {
        var http = controller.HttpContext;
        await http.SignInAsync(admin);
        var before = await http.RequestServices.GetRequiredService<SignInFailures>()
            .TakeAsync(admin, http.Connection.RemoteIpAddress?.ToString());
        var isKept = lost == true && http.RequestServices.GetRequiredService<KeptForms>().Find(admin.Id) is not null;
        string?[] sentences = [told, TextOf(before), lost == true && !isKept ? SessionTexts.LostAfterSignIn : null];
        var text = string.Join(' ', sentences.OfType<string>());
        if (text.Length > 0) controller.TempData.Notice(text, NoticeKind.Warning);
        return isKept ? controller.LocalRedirect(Routes.KeptForm) : controller.RedirectOnward();
    }

    private static string? TextOf(FailuresBefore? before) =>
        before is not null && (before.Elsewhere || before.Passwords + before.Codes >= Telling)
        ? SessionTexts.FormatFailuresBefore(
            before.Passwords.Shown(), before.Codes.Shown(), before.RemoteAddress
                ?? SessionTexts.PlaceUnknown, before.Last.LocalDateTime.ToString("f", CultureInfo.CurrentCulture))
        : null;
}
