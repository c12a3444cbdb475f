using System.Globalization;
using System.Text.Encodings.Web;
using MailAdmin.Web.Features.Languages;

namespace MailAdmin.Web.Features.Errors;

/// <summary>
/// An error page that needs neither the database nor cookies, for requests that the usual error page can't be rendered for.
/// </summary>
internal static class PlainPage
{
    /// <summary>Chooses the language of the texts: that of the request. To be called before they are read.</summary>
    public static void Speak(HttpContext context) => CultureInfo.CurrentUICulture = PanelLanguages.OfRequest(context.Request);

    /// <summary>Answers with the page, or with problem details if the request asks for JSON.</summary>
    public static async Task WriteAsync(HttpContext context, ErrorPage page, CancellationToken cancellationToken)
    {
        page = page.Of(context);
        context.Response.StatusCode = page.Status;
        if (context.Request.AsksForJson())
        {
            await context.Response.WriteAsJsonAsync(
                ProblemDetailsMapper.Of(page), options: null, ProblemDetailsMapper.ContentType, cancellationToken);
            return;
        }
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(Html(page), cancellationToken);
    }

    private static string Html(ErrorPage page)
    {
        var html = HtmlEncoder.Default;
        return $"""
            <!doctype html>
            <html lang="{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{html.Encode(page.Title)}</title>
              <link rel="stylesheet" href="/css/panel.css">
            </head>
            <body class="alone">
              <main id="main">
                <section class="sheet narrow">
                  <div class="in">
                    <p class="soft num">{page.Status}</p>
                    <h1>{html.Encode(page.Title)}</h1>
                    <p>{html.Encode(page.Advice)}</p>
                    {ReferenceOf(page)}
                  </div>
                </section>
              </main>
            </body>
            </html>
            """;
    }

    private static string ReferenceOf(ErrorPage page) =>
        page.RequestId is { } id ? $"<p class=\"soft\">{HtmlEncoder.Default.Encode(ErrorTexts.FormatRequestId(id))}</p>" : "";
}
