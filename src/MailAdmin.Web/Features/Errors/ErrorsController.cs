using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Errors;

/// <param name="Status">HTTP status.</param>
/// <param name="Title">What happened, in words.</param>
/// <param name="Advice">What to do now.</param>
public sealed record ErrorPage(int Status, string Title, string Advice)
{
    /// <summary>What a form was about that is gone; null for everything else.</summary>
    public GoneForm? Gone { get; init; }
}

/// <summary>Pages for what went wrong; they never say more than the reader may know.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class ErrorsController(GoneForms forms) : Controller
{
    [Route("/errors/{status:int:range(400,599)}")]
    public async Task<IActionResult> Show()
    {
        // Not as a parameter: when it is the sent form that can't be read, nothing is bound any more.
        var status = int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);
        // Somebody may also type this address: nothing went wrong then, there is just no such page.
        var isReal = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || HttpContext.Features.Get<IExceptionHandlerPathFeature>() is not null;
        Response.StatusCode = isReal ? status : StatusCodes.Status404NotFound;
        var gone = isReal && status == StatusCodes.Status404NotFound ? await forms.ReadAsync(HttpContext) : null;
        var page = gone is null ? PageOf(Response.StatusCode) : new(status, ErrorTexts.Gone, ErrorTexts.GoneAdvice) { Gone = gone };
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
