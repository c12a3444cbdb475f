using MailAdmin.Core.Admins;
using Microsoft.AspNetCore.Authorization;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// What a route asks of whoever calls it. Every action carries one, or says that it is for everybody who is signed in
/// (<c>[Authorize]</c>) or for anybody (<c>[AllowAnonymous]</c>): one that says nothing answers nobody. Which domains they may see is
/// decided by <see cref="Domains.DomainScopeFilter"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirePermissionAttribute(Permission permission)
    : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Asks the one table of permissions with the role as it is now, not as it was at sign-in.</summary>
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

    // An address that leads nowhere is answered 404 to those who are signed in.
    private static bool IsNoPage(AuthorizationHandlerContext context) => context.Resource is HttpContext http && http.GetEndpoint() is null;
}
