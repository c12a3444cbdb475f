using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Languages;

/// <summary>The language switch, which stays on the current page.</summary>
[AllowAnonymous]
public sealed class LanguagesController(CurrentAdmin current, SessionRepository sessions, PanelSettings settings, TimeProvider clock)
    : Controller
{
    [HttpPost("/language")]
    public async Task<IActionResult> Update(string? language, string? page)
    {
        if (PanelLanguages.Find(language) is { } culture)
        {
            Response.Cookies.Append(PanelLanguages.Cookie, culture.Name, CookieOptions());
            if (current.SignedIn is { } admin) await sessions.SetLanguageAsync(admin.Id, culture.Name, HttpContext.RequestAborted);
        }
        return LocalRedirect(Url.IsLocalUrl(page) ? page : "/");
    }

    private CookieOptions CookieOptions()
    {
        var cookie = new CookieBuilder();
        Pages.Harden(cookie, PanelLanguages.Cookie, settings);
        // This cookie is read without the settings, so its name has no prefix; it grants no access.
        cookie.Name = PanelLanguages.Cookie;
        cookie.Expiration = TimeSpan.FromDays(365);
        return cookie.Build(HttpContext, clock.GetUtcNow());
    }
}
