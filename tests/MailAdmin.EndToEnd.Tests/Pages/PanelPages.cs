using System.Text.RegularExpressions;

namespace MailAdmin.EndToEnd.Tests.Pages;

/// <summary>
/// Every page of the panel. Each GET in the table of routes is one, so that a page without a test is a route that the table lacks. In
/// addition there are the states in which a page looks different.
/// </summary>
internal static class PanelPages
{
    // Pages that are shown only before there is an admin, or only without signing in. FirstPagesTests check them, and EveryPage after
    // signing out.
    private static readonly string[] First = ["/setup", "/setup/{token}", "/sign-in", "/sign-in/second-step", "/password-link/{token}"];

    // One redirects to another page, and the other is a picture, if there is one.
    private static readonly string[] NoPages = ["/", "/hoster/logo"];

    private static readonly string[] States =
    [
        "/nothing", "/settings/second-factor",
        "/search?q=e", "/search?q=nothing-of-this-name",
        "/trace?address=tous@exemple.be", "/trace?address=unknown@exemple.be",
        "/domains?q=nothing-of-this-name", "/domains/exemple.be/accounts?q=nothing-of-this-name",
        "/domains/exemple.be/accounts/exemple0002", "/domains/exemple.be/accounts/exemple0002/redirect",
        "/domains/exemple.be/accounts/exemple0002/vacation",
        "/domains/exemple.be/accounts/exemple0002/catch-all", "/domains/exemple.be/accounts/exemple0003",
        "/domains/exemple.be/accounts/exemple0003/state",
        "/domains/exemple.be/aliases?q=sans",
        "/domains/vide.example/accounts", "/domains/vide.example/accounts/deleted", "/domains/vide.example/aliases",
        "/domains/vide.example/catch-all",
        "/domains/vide.example/names", "/domains/xn--t-caf-9rabe.example/settings",
        "/domains/une-association-au-nom-vraiment-tres-long-de-bruxelles.example/accounts",
        "/domains/une-association-au-nom-vraiment-tres-long-de-bruxelles.example/settings",
    ];

    /// <summary>The pages of the routes, and then the states.</summary>
    public static IReadOnlyList<string> Of(PageWorld world) => [.. Routes().Select(world.Fill), .. States];

    private static IEnumerable<string> Routes() =>
        RouteTable.Routes.Keys.Where(k => k.StartsWith("GET ", StringComparison.Ordinal)).Select(k => k["GET ".Length..])
            .Where(path => !path.StartsWith("/api/", StringComparison.Ordinal)).Except(First)
            .Except(NoPages);
}

internal static partial class RouteTemplate
{
    public static string Fill(string template, Func<string, string> valueOf) =>
        Places().Replace(template, place => Uri.EscapeDataString(valueOf(place.Groups["name"].Value)));

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Places();
}
