using Microsoft.AspNetCore.Diagnostics;

namespace MailAdmin.Web.Api;

/// <summary>What tells a request to the API from one to a page.</summary>
internal static class ApiPaths
{
    public const string Root = "/api";

    /// <summary>Whether the request is for the API, also while its error is being answered under another path.</summary>
    public static bool IsForApi(this HttpRequest request) => PathOf(request.HttpContext).StartsWithSegments(Root, StringComparison.Ordinal);

    private static PathString PathOf(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
            ?? context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path;
}
