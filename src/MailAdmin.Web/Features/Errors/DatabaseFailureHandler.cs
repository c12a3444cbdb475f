using System.Globalization;
using System.Text.Encodings.Web;
using MailAdmin.Core.Data;
using MailAdmin.Web.Features.Languages;
using Microsoft.AspNetCore.Diagnostics;

namespace MailAdmin.Web.Features.Errors;

/// <summary>
/// If the database is locked, full or unreachable, a page that does not need it says so, with status 503. The usual error page can't be
/// rendered, because it reads the signed-in admin from the database.
/// </summary>
internal sealed class DatabaseFailureHandler(IDatabaseProvider database, ILogger<DatabaseFailureHandler> log) : IExceptionHandler
{
    private const string RetryAfterSeconds = "30";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (database.FailureOf(exception) is not { } failure) return false;
        Log.DatabaseFailed(log, exception);
        CultureInfo.CurrentUICulture = PanelLanguages.OfRequest(context.Request);
        var (title, advice) = failure == DatabaseFailure.Busy
            ? (ErrorTexts.DatabaseBusy, ErrorTexts.DatabaseBusyAdvice)
                : (ErrorTexts.DatabaseUnwritable, ErrorTexts.DatabaseUnwritableAdvice);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        if (context.Request.AsksForJson())
        {
            var details = ProblemDetailsMapper.Of(new ErrorPage(StatusCodes.Status503ServiceUnavailable, title, advice));
            await context.Response.WriteAsJsonAsync(details, options: null, ProblemDetailsMapper.ContentType, cancellationToken);
            return true;
        }
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(PageOf(title, advice), cancellationToken);
        return true;
    }

    private static string PageOf(string title, string advice)
    {
        var html = HtmlEncoder.Default;
        return $"""
            <!doctype html>
            <html lang="{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{html.Encode(title)}</title>
              <link rel="stylesheet" href="/css/panel.css">
            </head>
            <body class="alone">
              <main id="main">
                <section class="sheet narrow">
                  <div class="in">
                    <p class="soft num">503</p>
                    <h1>{html.Encode(title)}</h1>
                    <p>{html.Encode(advice)}</p>
                  </div>
                </section>
              </main>
            </body>
            </html>
            """;
    }
}
