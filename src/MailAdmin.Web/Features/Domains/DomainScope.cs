using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
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
}

/// <summary>
/// The only place that decides who may see a domain: every route with <c>{domain}</c> passes it. An unknown domain and a domain of other
/// admins get the same answer.
/// </summary>
internal sealed class DomainScopeFilter(CurrentAdmin admin, CurrentDomain current, DomainRepository domains) : IAsyncAuthorizationFilter
{
    public const string RouteKey = "domain";

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        if (!context.RouteData.Values.TryGetValue(RouteKey, out var text)) return;
        var found = DomainName.TryParse(text as string, out var name) ? await domains.FindAsync(name) : null;
        // A domain that is being deleted counts as gone: the list of domains shows the progress.
        if (found is { Domain.State: not DomainState.Deleting } && admin.SignedIn is not null && admin.Actor.Sees(found.Domain.Id))
            (current.Domain, current.AliasCount, current.FullCount) = (found.Domain, found.AliasCount, found.FullCount);
        else
        {
            context.HttpContext.BecauseOf(
                found is null ? "there is no such domain" : "the domain is not this admin's, or is being deleted");
            context.Result = new NotFoundResult();
        }
    }
}

internal sealed class MailDomainBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var domain = bindingContext.HttpContext.RequestServices.GetRequiredService<CurrentDomain>().Domain
            ?? throw new InvalidOperationException($"A route with a {nameof(MailDomain)} needs {{{DomainScopeFilter.RouteKey}}}.");
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
    public static void AddDomainScope(this IServiceCollection services) => services.AddScoped<CurrentDomain>();
}
