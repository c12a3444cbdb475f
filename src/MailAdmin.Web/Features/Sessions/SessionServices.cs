using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Web.Api;
using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace MailAdmin.Web.Features.Sessions;

internal static class SessionServices
{
    public static void AddSessions(this IServiceCollection services, PanelSettings settings)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentAdmin>();
        services.AddScoped<OwnPassword>();
        services.AddScoped<SessionEvents>();
        services.AddSingleton<KeptForms>();
        services.AddSingleton<SecondFactorThrottle>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<SignInThrottle>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(o =>
        {
            Pages.Harden(o.Cookie, "mailadmin", settings);
            // The session's row decides when it ends; the cookie lives longer, so that its admin is known for a while afterwards.
            o.ExpireTimeSpan = settings.Sessions.LongestTime + TimeSpan.FromHours(12);
            o.SlidingExpiration = false;
            o.EventsType = typeof(SessionEvents);
            o.ForwardDefaultSelector = BearerTokenHandler.SchemeOf;
        }).AddBearerTokens().AddSecondStep(settings);
        // Identity only verifies passkeys; its own password check, codes and cookies are not used.
        services.AddSingleton<IPasswordHasher<Admin>, AdminPasswordHasher>();
        services.AddIdentityCore<Admin>().AddEntityFrameworkStores<MailContext>();
        services.AddScoped<IPasskeyHandler<Admin>, PasskeyHandler<Admin>>();
        services.AddScoped<Passkeys>();
        services.AddSingleton<PasskeyChallenges>();
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            // Passkeys are bound to the panel's domain, whatever the request says; they identify their admin, and verify them by finger,
            // face or PIN.
            o.ServerDomain = settings.PublicUrl?.Host;
            o.ValidateOrigin = context =>
                ValueTask.FromResult(!context.CrossOrigin && IsPanel(context.Origin, settings.PublicUrl, context.HttpContext.Request));
            (o.ResidentKeyRequirement, o.UserVerificationRequirement) = ("required", "required");
        });
        services.AddHostedService<SignInFailuresHostedService>();
    }

    // The origin must match the public URL; the request's own Host counts only if no public URL is set.
    private static bool IsPanel(string origin, Uri? panel, HttpRequest request)
    {
        panel ??= new Uri($"{request.Scheme}://{request.Host}");
        return Uri.TryCreate(origin, UriKind.Absolute, out var own)
            && own.GetLeftPart(UriPartial.Authority) == panel.GetLeftPart(UriPartial.Authority);
    }
}
