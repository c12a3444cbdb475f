using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace MailAdmin.Web.Features.Sessions;

internal static class SessionServices
{
    public static void AddSessions(this IServiceCollection services, PanelSettings settings)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentAdmin>().AddScoped<SessionEvents>();
        services.AddSingleton<SignIns>().AddSingleton<SignInDelays>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(o =>
        {
            Pages.Harden(o.Cookie, "mailadmin", settings);
            o.ExpireTimeSpan = settings.Sessions.LongestTime;
            o.SlidingExpiration = false;
            o.EventsType = typeof(SessionEvents);
        });
        // Identity keeps admins' second factors and passkeys; its own password check and cookies are not used.
        services.AddSingleton<IPasswordHasher<Admin>, AdminPasswordHasher>();
        services.AddIdentityCore<Admin>().AddEntityFrameworkStores<MailContext>();
    }
}
