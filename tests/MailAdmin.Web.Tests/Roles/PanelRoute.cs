using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.Web.Tests.Roles;

/// <summary>A route of the panel.</summary>
/// <param name="Method">GET, POST… or ANY.</param>
/// <param name="Template">With its parameters, without their constraints: <c>/admins/{id}</c>.</param>
internal sealed partial record PanelRoute(string Method, string Template)
{
    /// <summary>The key in <see cref="RouteTable"/>.</summary>
    public string Key => $"{Method} {Template}";

    public bool IsRead => Method is "GET" or "ANY";

    public bool IsForApi => Template.StartsWith("/api/", StringComparison.Ordinal);

    public bool HasDomain => Template.Contains("{domain}", StringComparison.Ordinal);

    /// <summary>The route names something in a domain: an account, an alias.</summary>
    public bool HasObject => HasDomain && Places().Count(Template) > 1;

    /// <summary>Every route except the files of wwwroot.</summary>
    public static IReadOnlyList<PanelRoute> Of(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ControllerActionDescriptor>() is not null || IsHandMade(e))
            .SelectMany(
                e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(m => new PanelRoute(m, TemplateOf(e))))
            .Distinct(),
    ];

    public string Fill(Func<string, string> valueOf) =>
        Places().Replace(Template, place => Uri.EscapeDataString(valueOf(place.Groups["name"].Value)));

    // A route made with MapGet counts like an action. MapStaticAssets makes a route for each file, and in development one for files that
    // are added later.
    private static bool IsHandMade(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText != "{**path:file}"
            && endpoint.Metadata.All(m => !m.GetType().Name.StartsWith("StaticAsset", StringComparison.Ordinal));

    private static string TemplateOf(RouteEndpoint endpoint) =>
        Places().Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), "{${name}}");

    [GeneratedRegex(@"\{\**(?<name>\w+)[^{}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Places();
}
