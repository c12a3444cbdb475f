using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Completes every kind of sign-in: tells the admin about refused sign-ins with this name, and shows the requested page.</summary>
internal static class Welcomes
{
    // Users mistype, so fewer failures from here are not mentioned; a failure from elsewhere always is.
    private const int Telling = 3;

    /// <param name="lost">A form was submitted after the session had ended.</param>
    /// <param name="told">A sentence to show in any case.</param>
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
