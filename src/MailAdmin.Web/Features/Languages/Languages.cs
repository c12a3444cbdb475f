using System.Globalization;
using MailAdmin.Web.Features.PasswordLinks;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace MailAdmin.Web.Features.Languages;

/// <summary>
/// The languages of the pages. The language comes from the admin's settings, the cookie of the switch, a password link, or the browser; the
/// default is English.
/// </summary>
public static class PanelLanguages
{
    public const string Cookie = "mailadmin.language";

    /// <summary>English is first because it is the fallback.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } =
        [.. new[] { "en", "fr", "nl", "de" }.Select(CultureInfo.GetCultureInfo)];

    public static CultureInfo? Find(string? code) =>
        All.FirstOrDefault(c => string.Equals(c.Name, code, StringComparison.OrdinalIgnoreCase));

    /// <summary>The language's own name: Français.</summary>
    public static string NameOf(CultureInfo culture) => culture.TextInfo.ToTitleCase(culture.NativeName);

    /// <summary>The language of a page without a known reader: from the cookie of the switch or the browser; otherwise English.</summary>
    internal static CultureInfo OfRequest(HttpRequest request)
    {
        var wanted = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.ToString().Split('-')[0]);
        return wanted.Prepend(request.Cookies[Cookie] ?? "").Select(Find).OfType<CultureInfo>().FirstOrDefault() ?? All[0];
    }

    internal static void AddLanguages(this IServiceCollection services) => services.Configure<RequestLocalizationOptions>(o =>
    {
        o.DefaultRequestCulture = new RequestCulture(All[0]);
        o.SupportedCultures = o.SupportedUICultures = [.. All];
        o.ApplyCurrentCultureToResponseHeaders = true;
        o.RequestCultureProviders = [new CustomRequestCultureProvider(OfAdmin), new CustomRequestCultureProvider(OfCookie),
            new CustomRequestCultureProvider(OfLink), new AcceptLanguageHeaderRequestCultureProvider()];
    });

    /// <summary>Formats dates and numbers for the reader's country: an English page in a British browser has no American dates.</summary>
    internal static IApplicationBuilder UseRegionalFormats(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        CultureInfo.CurrentCulture = FormatsOf(context.Request, CultureInfo.CurrentUICulture);
        return next(context);
    });

    /// <summary>
    /// The first regional variant of the language that the browser accepts. Without one, English uses the British formats, since .NET's own
    /// are American.
    /// </summary>
    internal static CultureInfo FormatsOf(HttpRequest request, CultureInfo language)
    {
        var asked = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString());
        return asked.Select(name => Regional(name, language)).OfType<CultureInfo>()
            .FirstOrDefault() ?? (language.Name == "en" ? CultureInfo.GetCultureInfo("en-GB") : language);
    }

    private static CultureInfo? Regional(string name, CultureInfo language)
    {
        if (name.Length != 5 || !name.StartsWith(language.Name + "-", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Translates the framework's own messages about values that it can't read.</summary>
    internal static void Translate(this DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor((_, _) => SharedTexts.ValueUnreadable);
        messages.SetUnknownValueIsInvalidAccessor(_ => SharedTexts.ValueUnreadable);
        messages.SetValueIsInvalidAccessor(_ => SharedTexts.ValueUnreadable);
        messages.SetValueMustBeANumberAccessor(_ => SharedTexts.ValueUnreadable);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => SharedTexts.ValueUnreadable);
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => SharedTexts.ValueUnreadable);
        messages.SetNonPropertyValueMustBeANumberAccessor(() => SharedTexts.ValueUnreadable);
        messages.SetValueMustNotBeNullAccessor(_ => SharedTexts.ValueMissing);
        messages.SetMissingBindRequiredValueAccessor(_ => SharedTexts.ValueMissing);
        messages.SetMissingKeyOrValueAccessor(() => SharedTexts.ValueMissing);
        messages.SetMissingRequestBodyRequiredValueAccessor(() => SharedTexts.ValueMissing);
    }

    private static Task<ProviderCultureResult?> OfAdmin(HttpContext context) =>
        Result(context.RequestServices.GetRequiredService<CurrentAdmin>().SignedIn?.Language);

    private static Task<ProviderCultureResult?> OfCookie(HttpContext context) => Result(context.Request.Cookies[Cookie]);

    private static async Task<ProviderCultureResult?> OfLink(HttpContext context) =>
        await Result(await ShownPasswordsController.LanguageOfAsync(context));

    private static Task<ProviderCultureResult?> Result(string? code) =>
        Task.FromResult(Find(code) is { } culture ? new ProviderCultureResult(culture.Name) : null);
}
