using Microsoft.AspNetCore.Diagnostics;

namespace MailAdmin.Web.Features.Languages;

/// <summary>The page that somebody is on, to come back to it.</summary>
internal static class AskedPage
{
    /// <summary>
    /// Its local path with the query, encoded. Where something was sent, the page that it was sent from: not every address that takes a
    /// form can be opened. On an error page, what was asked for.
    /// </summary>
    public static string Of(HttpContext context) =>
        SentFrom(context.Request) ?? Failed(context) ?? context.Request.Path + context.Request.QueryString;

    private static string? SentFrom(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.GetTypedHeaders().Referer is { IsAbsoluteUri: true } from
            && from.Authority == request.Host.Value
            ? from.PathAndQuery
            : null;

    private static string? Failed(HttpContext context)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is { } answered)
            return new PathString(answered.OriginalPath) + new QueryString(answered.OriginalQueryString);
        if (context.Features.Get<IExceptionHandlerPathFeature>() is { } thrown)
            return new PathString(thrown.Path) + context.Request.QueryString;
        return null;
    }
}
