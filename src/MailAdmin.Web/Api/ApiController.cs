using MailAdmin.Core.Accounts;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MailAdmin.Web.Api;

/// <summary>
/// A resource of the API. It takes and returns contracts (<c>…Contract</c>), never a row of Core, so that a column can change without a
/// client noticing. Errors are problem details (RFC 9457).
/// </summary>
[IgnoreAntiforgeryToken, RequireAntiforgeryOfCookies]
public abstract class ApiController : ControllerBase
{
    /// <summary>Why nothing was changed: 409 if somebody else changed it in the meantime, otherwise 422.</summary>
    protected ActionResult Refused(IReadOnlyList<Problem> problems)
    {
        ModelState.AddProblems(problems);
        var details = ProblemDetailsMapper.Of(ModelState);
        if (problems.Any(p => p.Code == AccountProblems.ChangedMeanwhile.Code)) details.Status = StatusCodes.Status409Conflict;
        return details.ToResult();
    }

    /// <summary>The body or a parameter could not be read.</summary>
    protected static ActionResult Unreadable() => ProblemDetailsMapper
        .Of(new ErrorPage(StatusCodes.Status400BadRequest, ErrorTexts.Refused, ErrorTexts.RefusedAdvice)).ToResult();
}

/// <summary>
/// A browser sends the cookie with every request, also with one that another site has caused; so a change by cookie needs an antiforgery
/// token. Only the client itself can send a bearer token, so a change by token needs none.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequireAntiforgeryOfCookiesAttribute : Attribute, IAsyncAuthorizationFilter
{
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (isRead || http.RequestServices.GetRequiredService<CurrentAdmin>().Token is not null) return;
        var antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
        if (!await antiforgery.IsRequestValidAsync(http)) context.Result = new BadRequestResult();
    }
}
