using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Diagnostics;

namespace MailAdmin.Web.Features.Errors;

/// <summary>
/// Logs each refused request of a signed-in admin, with their name, the route and the reason; never with the submitted data.
/// </summary>
internal static class Refusals
{
    private static readonly object ReasonKey = new();

    public static void UseRefusalLogs(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        // The error page passes through this middleware a second time.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is null) Tell(context);
    });

    /// <summary>Sets the reason of the refusal, for the log. The reader does not see it.</summary>
    public static void BecauseOf(this HttpContext context, string reason) => context.Items[ReasonKey] = reason;

    private static void Tell(HttpContext context)
    {
        var reason = context.Items[ReasonKey] as string ?? ReasonOf(context.Response.StatusCode);
        if (reason is null || context.RequestServices.GetRequiredService<CurrentAdmin>().SignedIn is not { } admin) return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no route";
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Refusals));
        PanelMetrics.CountRefusal();
        Log.Refused(log, admin.Name, context.Request.Method, Logs.PageOf(context.Request.Path), route, reason);
    }

    // 400 comes from the antiforgery check: forms with faults are shown again, with 200.
    private static string? ReasonOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "the form could not be read, or has no valid token",
        StatusCodes.Status403Forbidden => "the role does not allow it",
        StatusCodes.Status429TooManyRequests => "too many attempts",
        _ => null,
    };
}
