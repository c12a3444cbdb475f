using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MailAdmin.Web.Features.Domains;

/// <summary>The domain in the page's URL. Actions get it as a parameter of type <see cref="MailDomain"/>; views by injection.</summary>
public sealed class CurrentDomain
{
    public MailDomain? Domain { get; internal set; }

    /// <summary>The number of its aliases, for the side bar.</summary>
    public int AliasCount { get; internal set; }

    /// <summary>The number of its mailboxes that are full and receive no mail.</summary>
    public int FullCount { get; internal set; }

    /// <summary>Why the admin does not get it, for the log.</summary>
    internal string? Refusal { get; set; }
}

/// <summary>
/// The request's <c>{domain}</c> is one that the admin sees. Every route with a domain has it, whichever way the request is authenticated:
/// <see cref="DomainScopeServices.RequireDomainScope"/> adds it, so that no controller can forget it.
/// </summary>
internal sealed class DomainScopeRequirement : IAuthorizationRequirement, IAuthorizationRequirementData
{
    public const string RouteKey = "domain";

    public static DomainScopeRequirement Instance { get; } = new();

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>
/// The only place that decides who may see a domain. An unknown domain and a domain of other admins get the same answer.
/// </summary>
internal sealed class DomainScopeHandler(CurrentAdmin admin, CurrentDomain current, DomainRepository domains)
    : AuthorizationHandler<DomainScopeRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, DomainScopeRequirement requirement)
    {
        if (admin.SignedIn is null || context.Resource is not HttpContext http) return;
        var text = http.GetRouteValue(DomainScopeRequirement.RouteKey) as string;
        var found = DomainName.TryParse(text, out var name) ? await domains.FindAsync(name) : null;
        // A domain that is being deleted counts as gone: the list of domains shows the progress.
        if (found is { Domain.State: not DomainState.Deleting } && admin.Actor.Sees(found.Domain.Id))
        {
            (current.Domain, current.AliasCount, current.FullCount) = (found.Domain, found.AliasCount, found.FullCount);
            context.Succeed(requirement);
        }
        else current.Refusal = found is null ? "there is no such domain" : "the domain is not this admin's, or is being deleted";
    }
}

/// <summary>Answers 404 where only the domain's scope refuses: 403 would tell that the domain exists.</summary>
internal sealed class DomainScopeResultHandler : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _others = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var failed = authorizeResult.AuthorizationFailure?.FailedRequirements.ToList() ?? [];
        if (!authorizeResult.Forbidden || failed.Count == 0 || !failed.TrueForAll(r => r is DomainScopeRequirement))
            return _others.HandleAsync(next, context, policy, authorizeResult);
        context.BecauseOf(context.RequestServices.GetRequiredService<CurrentDomain>().Refusal!);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

internal sealed class MailDomainBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var domain = bindingContext.HttpContext.RequestServices.GetRequiredService<CurrentDomain>().Domain
            ?? throw new InvalidOperationException($"A route with a {nameof(MailDomain)} needs {{{DomainScopeRequirement.RouteKey}}}.");
        bindingContext.ValidationState.Add(domain, new() { SuppressValidation = true });
        bindingContext.Result = ModelBindingResult.Success(domain);
        return Task.CompletedTask;
    }
}

internal sealed class MailDomainBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(MailDomain) ? new MailDomainBinder() : null;
}

internal static class DomainScopeServices
{
    // What is found only below a domain: a route that names one of these names its domain as well.
    private static readonly string[] OfDomain = ["username", "account", "alias", "address"];

    public static void AddDomainScope(this IServiceCollection services)
    {
        services.AddScoped<CurrentDomain>();
        services.AddScoped<IAuthorizationHandler, DomainScopeHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DomainScopeResultHandler>();
    }

    /// <summary>Adds the requirement to each of these routes that has a domain.</summary>
    /// <exception cref="InvalidOperationException">At start: a route names an account or an alias without its domain.</exception>
    public static void RequireDomainScope(this IEndpointConventionBuilder routes) => routes.Add(endpoint =>
    {
        if (endpoint is not RouteEndpointBuilder { RoutePattern: var pattern }) return;
        if (pattern.GetParameter(DomainScopeRequirement.RouteKey) is not null) endpoint.Metadata.Add(DomainScopeRequirement.Instance);
        else if (pattern.Parameters.Any(p => OfDomain.Contains(p.Name, StringComparer.OrdinalIgnoreCase)))
            throw new InvalidOperationException($"{pattern.RawText} needs {{{DomainScopeRequirement.RouteKey}}}.");
    });
}
