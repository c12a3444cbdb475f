using MailAdmin.Web.Api;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Net.Http.Headers;

namespace MailAdmin.Web.Features.Errors;

/// <summary>Errors for requests that ask for JSON: problem details (RFC 9457) instead of a page.</summary>
internal static class ProblemDetailsMapper
{
    public const string ContentType = "application/problem+json";

    private const string Json = "application/json";
    private const string Html = "text/html";

    /// <summary>Whether the request is for the API, or accepts JSON and not HTML: a browser always accepts HTML.</summary>
    public static bool AsksForJson(this HttpRequest request)
    {
        if (request.IsForApi()) return true;
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Any(a => Is(a, Json) || Is(a, ContentType)) && !accepted.Any(a => Is(a, Html));
    }

    public static ProblemDetails Of(ErrorPage page)
    {
        var details = new ProblemDetails { Status = page.Status, Title = page.Title, Detail = page.Advice };
        if (page.RequestId is { } id) details.Extensions["requestId"] = id;
        return details;
    }

    /// <summary>A form's faults by field; those of the whole form are under an empty name.</summary>
    public static ProblemDetails Of(ModelStateDictionary state) => new()
    {
        Status = StatusCodes.Status422UnprocessableEntity,
        Title = SharedTexts.LookBelow,
        Extensions = { ["errors"] = state.Where(entry => entry.Value!.Errors.Count > 0)
            .ToDictionary(entry => entry.Key, entry => entry.Value!.Errors.Select(Of), StringComparer.Ordinal) },
    };

    public static JsonResult ToResult(this ProblemDetails details) =>
        new(details) { ContentType = ContentType, StatusCode = details.Status };

    private static FieldError Of(ModelError error)
    {
        var (text, page) = Problems.Parts(error.ErrorMessage);
        return new((error as ProblemError)?.Problem.Code, text, page);
    }

    private static bool Is(MediaTypeHeaderValue accepted, string type) =>
        accepted.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    /// <param name="Code">The same in every language; null if the form itself could not be read.</param>
    /// <param name="Text">In the reader's language.</param>
    /// <param name="Page">The page of the problem's subject.</param>
    private sealed record FieldError(string? Code, string Text, string? Page);
}

/// <summary>Returns problem details where a page would show the form again.</summary>
internal sealed class ProblemDetailsFilter : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context is { Result: ViewResult, ModelState.IsValid: false } && context.HttpContext.Request.AsksForJson())
            context.Result = ProblemDetailsMapper.Of(context.ModelState).ToResult();
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
        // Nothing to do.
    }
}
