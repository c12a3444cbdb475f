using MailAdmin.Core.Data;
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
        PlainPage.Speak(context);
        var (title, advice) = failure == DatabaseFailure.Busy
            ? (ErrorTexts.DatabaseBusy, ErrorTexts.DatabaseBusyAdvice)
                : (ErrorTexts.DatabaseUnwritable, ErrorTexts.DatabaseUnwritableAdvice);
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        await PlainPage.WriteAsync(context, new(StatusCodes.Status503ServiceUnavailable, title, advice), cancellationToken);
        return true;
    }
}
