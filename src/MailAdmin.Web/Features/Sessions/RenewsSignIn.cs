using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// A page of sign-in that was left open in another tab: its token is of the time before, and nobody did anything wrong. It is shown anew,
/// or passed over by who is signed in already; what was typed is not looked at.
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
