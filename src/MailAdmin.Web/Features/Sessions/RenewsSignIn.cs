using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// For a sign-in page that was left open in another tab: its antiforgery token is outdated, and nobody did anything wrong. The page is
/// shown again, or skipped if the admin is signed in already; the submitted data is ignored.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RenewsSignInAttribute : Attribute, IAsyncAlwaysRunResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
        {
            await context.HttpContext.Request.TryReadFormAsync();
            context.Result = new LocalRedirectResult(ReturnPath.Link(Routes.SignIn, ReturnPath.Of(context.HttpContext.Request)));
        }
        await next();
    }
}
