using System.Text.Encodings.Web;
using System.Text.Unicode;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Search;
using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.WebEncoders;

namespace MailAdmin.Web.Hosting;

/// <summary>Configures MVC: feature folders, and sign-in and antiforgery on every page unless a page opts out.</summary>
internal static class Pages
{
    public static void AddPages(this IServiceCollection services, PanelSettings settings)
    {
        services.AddControllersWithViews(Configure);
        services.Configure<RazorViewEngineOptions>(UseFeatureFolders);
        services.Configure<ForwardedHeadersOptions>(o => o.TrustProxies(settings.Proxies));
        if (settings.PublicUrl is { } url)
            services.Configure<HostFilteringOptions>(o => o.AllowedHosts = [url.Host, "localhost", "127.0.0.1", "[::1]"]);
        services.AddPermissions();
        services.AddExceptionHandler<DatabaseFailureHandler>();
        services.AddSecondFactors();
        services.AddAntiforgery(o => Harden(o.Cookie, "mailadmin.form", settings));
        services.Configure<CookieTempDataProviderOptions>(o => Harden(o.Cookie, "mailadmin.notice", settings));
        // Leave accented letters unencoded; characters that are dangerous in HTML are still encoded.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRouting(o => o.LowercaseUrls = true);
        services.AddLanguages();
        services.AddDomainScope();
        services.AddSharedServices();
    }

    /// <summary>
    /// The cookie's name. Over https it has the prefix <c>__Host-</c>: browsers accept such a cookie from this host only, not from its
    /// subdomains or siblings.
    /// </summary>
    public static string NameOf(string cookie, PanelSettings settings) => settings.IsTls ? "__Host-" + cookie : cookie;

    public static void Harden(CookieBuilder cookie, string name, PanelSettings settings)
    {
        cookie.Name = NameOf(name, settings);
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.IsEssential = true;
        cookie.SecurePolicy = settings.IsTls ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    private static void Configure(MvcOptions options)
    {
        options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
        // No-store: after "Fin de session" the back button must not show a page again.
        options.Filters.Add(new ResponseCacheAttribute { NoStore = true, Location = ResponseCacheLocation.None });
        options.Filters.Add<SecondFactorFilter>();
        options.Filters.Add<BusyFilter>();
        options.Filters.Add<NotPermittedFilter>();
        options.Filters.Add<ProblemDetailsFilter>();
        options.ModelBinderProviders.Insert(0, new MailDomainBinderProvider());
        options.ModelBindingMessageProvider.Translate();
        // Forms declare their required fields themselves, with messages of their own instead of "The field is required."
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
    }

    private static void UseFeatureFolders(RazorViewEngineOptions options)
    {
        options.ViewLocationFormats.Clear();
        options.ViewLocationFormats.Add("/Features/Shared/{0}.cshtml");
        options.ViewLocationExpanders.Add(new FeatureViews());
    }
}
