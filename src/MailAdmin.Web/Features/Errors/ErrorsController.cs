using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Errors;

/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What happened.</param>
/// <param name="Advice">What the reader can do.</param>
public sealed record ErrorPage(int Status, string Title, string Advice)
{
    /// <summary>The submitted form, if its subject is gone; null for all other errors.</summary>
    public GoneForm? Gone { get; init; }

    /// <summary>The id of the request in the log, if the panel failed; null for all other errors.</summary>
    public string? RequestId { get; init; }

    /// <summary>The same page with the id of the request, if the panel is to blame.</summary>
    public ErrorPage Of(HttpContext context) =>
        Status < StatusCodes.Status500InternalServerError ? this : this with { RequestId = context.TraceIdentifier };
}

/// <summary>Error pages; they never tell more than the reader may know.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class ErrorsController(GoneForms forms) : Controller
{
    [Route("/errors/{status:int:range(400,599)}")]
    public async Task<IActionResult> Show()
    {
        // Not a parameter: if the submitted form is what can't be read, model binding fails here as well.
        var status = int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);
        // A user may also open this URL directly: nothing has failed then, and the answer is 404.
        var isReal = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || HttpContext.Features.Get<IExceptionHandlerPathFeature>() is not null;
        Response.StatusCode = isReal ? status : StatusCodes.Status404NotFound;
        var gone = isReal && status == StatusCodes.Status404NotFound ? await forms.ReadAsync(HttpContext) : null;
        var page = gone is null
            ? PageOf(Response.StatusCode).Of(HttpContext) : new(status, ErrorTexts.Gone, ErrorTexts.GoneAdvice) { Gone = gone };
        return Request.AsksForJson() ? ProblemDetailsMapper.Of(page).ToResult() : View(page);
    }

    private static ErrorPage PageOf(int status) => status switch
    {
        400 => new(status, ErrorTexts.FormStale, ErrorTexts.FormStaleAdvice),
        403 => new(status, ErrorTexts.Forbidden, ErrorTexts.ForbiddenAdvice),
        404 or 405 => new(status, ErrorTexts.NotFound, ErrorTexts.NotFoundAdvice),
        429 => new(status, ErrorTexts.TooMany, ErrorTexts.TooManyAdvice),
        503 => new(status, ErrorTexts.Busy, ErrorTexts.BusyAdvice),
        >= 500 => new(status, ErrorTexts.Failure, ErrorTexts.FailureAdvice),
        _ => new(status, ErrorTexts.Refused, ErrorTexts.RefusedAdvice),
    };
}
