namespace MailAdmin.Web.Hosting;

/// <summary>Addresses that mail programs and servers try at any host of a domain. A page of sign-in would be taken for an answer.</summary>
internal static class UnservedPaths
{
    private static readonly PathString[] Roots = ["/.well-known", "/autodiscover", "/mail/config-v1.1.xml"];

    /// <summary>404 for those that no route of ours serves.</summary>
    public static void UseUnservedPaths(this WebApplication app) => app.Use((context, next) =>
    {
        var isUnserved = context.GetEndpoint() is null
            && Roots.Any(r => context.Request.Path.StartsWithSegments(r, StringComparison.OrdinalIgnoreCase));
        if (!isUnserved) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
