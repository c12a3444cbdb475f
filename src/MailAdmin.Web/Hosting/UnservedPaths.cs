namespace MailAdmin.Web.Hosting;

/// <summary>Paths that mail programs and servers try at any host of a domain. They would take the sign-in page for an answer.</summary>
internal static class UnservedPaths
{
    private static readonly PathString[] Roots = ["/.well-known", "/autodiscover", "/mail/config-v1.1.xml"];

    /// <summary>Answers 404 for those without a route.</summary>
    public static void UseUnservedPaths(this WebApplication app) => app.Use((context, next) =>
    {
        var isUnserved = context.GetEndpoint() is null
            && Roots.Any(r => context.Request.Path.StartsWithSegments(r, StringComparison.OrdinalIgnoreCase));
        if (!isUnserved) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
