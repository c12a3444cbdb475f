using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MailAdmin.Web.Features.SecondFactors;

/// <summary>Allows an admin who must have a second factor and has none yet.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WithoutSecondFactorAttribute : Attribute;

/// <summary>Redirects an admin whose role requires a second factor to its set-up; until then no other page opens.</summary>
internal sealed class SecondFactorFilter(CurrentAdmin current, HosterRepository hosters) : IAuthorizationFilter
{
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        // A token was given out by a superuser; nobody signs in with it.
        if (current.Token is not null) return;
        if (current.SignedIn is not { HasSecondFactor: false } admin || !hosters.Current.SecondFactorRoles.Include(admin.Role)) return;
        var metadata = context.ActionDescriptor.EndpointMetadata;
        if (metadata.Any(m => m is WithoutSecondFactorAttribute or IAllowAnonymous)) return;
        context.Result = new LocalRedirectResult(Routes.SecondFactor);
    }
}

/// <summary>
/// Changes of second factors require the password again: an unattended browser is not enough. After it has been entered, changes are
/// allowed for ten minutes.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AsksPasswordAttribute : Attribute, IAuthorizationFilter
{
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetRequiredService<CurrentAdmin>().SignedIn is { } admin
            && !Actor.IsFresh(admin.PasswordAt, services.GetRequiredService<TimeProvider>().GetUtcNow()))
            context.Result = new LocalRedirectResult(Routes.SecondFactor);
    }
}
