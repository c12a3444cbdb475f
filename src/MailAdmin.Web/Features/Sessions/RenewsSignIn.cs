using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// A page of sign-in that was left open in another tab: its token is of the time before, and nobody did anything wrong. It is shown anew, or passed over
/// by who is signed in already; what was typed is not looked at.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RenewsSignInAttribute : Attribute, IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is not IAntiforgeryValidationFailedResult) return;
        var request = context.HttpContext.Request;
        var page = request.HasFormContentType ? request.Form["Page"].ToString() : "";
        context.Result = new LocalRedirectResult("/sign-in" + (page.Length > 0 ? QueryString.Create("page", page) : ""));
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
