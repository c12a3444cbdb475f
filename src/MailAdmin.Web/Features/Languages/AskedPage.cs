using Microsoft.AspNetCore.Diagnostics;

namespace MailAdmin.Web.Features.Languages;

/// <summary>The page that the reader is on, to return to it.</summary>
internal static class AskedPage
{
    /// <summary>
    /// The page's local path with the query, encoded. For a submitted form it is the page that contained the form, because a URL that
    /// accepts a form can't always be opened. On an error page it is the requested URL.
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
