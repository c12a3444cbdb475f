using MailAdmin.Core.Admins;
using MailAdmin.Core.Passwords;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MailAdmin.Web.Features.Errors;

internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(Routes.Errors + "/500");
        app.UseStatusCodePagesWithReExecute(Routes.Errors + "/{0}");
    }

    /// <summary>
    /// Gives a request that ended with an error page its own route back, for metrics and traces: they would have the error page's.
    /// </summary>
    public static void UseRoutesOfFailures(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        var failed = context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint
            ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        if (failed is not null) context.SetEndpoint(failed);
    });
}

/// <summary>Too many passwords wait to be hashed or checked: that is temporary, and no fault of the panel's.</summary>
internal sealed class BusyFilter : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is PasswordHashQueueFullException)
            context.Result = new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);
        if (context.Exception is TooManyAttemptsException) context.Result = new StatusCodeResult(StatusCodes.Status429TooManyRequests);
    }
}

/// <summary>A service refused something that the pages should not have offered: the request gets a 404, and the log an entry.</summary>
internal sealed class NotPermittedFilter : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not NotPermittedException refused) return;
        context.HttpContext.BecauseOf(refused.Message);
        context.Result = new NotFoundResult();
    }
}
