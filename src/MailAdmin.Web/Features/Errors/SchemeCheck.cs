using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace MailAdmin.Web.Features.Errors;

/// <summary>
/// If <c>PublicUrl</c> begins with https, every cookie is Secure, and no form works in a request that seems to have come over http. The
/// usual cause is a proxy that does not send <c>X-Forwarded-Proto</c>, or is not listed in <c>Proxies</c>: a page says which.
/// </summary>
internal static class SchemeCheck
{
    /// <summary>Answers pages that are asked for over http with 421. Files, health checks and the like are served either way.</summary>
    public static void UseSchemeCheck(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<PanelSettings>();
        if (!settings.IsTls) return;
        app.Use((context, next) =>
            context.Request.IsHttps || context.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>() is null
                ? next(context) : RefuseAsync(context, settings));
    }

    private static Task RefuseAsync(HttpContext context, PanelSettings settings)
    {
        PlainPage.Speak(context);
        var peer = context.Connection.RemoteIpAddress;
        // The header of a proxy that is listed has been consumed.
        var advice = context.Request.Headers.ContainsKey("X-Forwarded-Proto")
            ? ErrorTexts.FormatProxyUnlisted(peer) : ErrorTexts.FormatProxySilent(settings.PublicUrl, peer);
        return PlainPage.WriteAsync(
            context, new(StatusCodes.Status421MisdirectedRequest, ErrorTexts.NotOverTls, advice), context.RequestAborted);
    }
}
