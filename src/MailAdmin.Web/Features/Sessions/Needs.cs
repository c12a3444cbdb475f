using MailAdmin.Core.Admins;
using Microsoft.AspNetCore.Authorization;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// The permission that a route requires. Every action has this attribute, or allows every signed-in admin (<c>[Authorize]</c>) or everybody
/// (<c>[AllowAnonymous]</c>): an action without any of these refuses all requests. <see cref="Domains.DomainScopeRequirement"/> decides
/// which domains an admin sees.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirePermissionAttribute(Permission permission)
    : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Checks the table of permissions with the admin's current role, not the role at sign-in.</summary>
internal sealed class RequirePermissionHandler(CurrentAdmin current) : AuthorizationHandler<RequirePermissionAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequirePermissionAttribute requirement)
    {
        if (current.May(requirement.Permission)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

internal static class RequirePermissionServices
{
    public static void AddPermissions(this IServiceCollection services)
    {
        services.AddScoped<IAuthorizationHandler, RequirePermissionHandler>();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(IsNoPage).Build());
    }

    // A URL without a route gets a 404 for signed-in admins.
    private static bool IsNoPage(AuthorizationHandlerContext context) => context.Resource is HttpContext http && http.GetEndpoint() is null;
}
