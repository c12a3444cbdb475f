using System.Reflection;
using System.Text.RegularExpressions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>
/// Addresses of pages are written only in <see cref="Routes"/> and in the routes of controllers. The addresses of <see cref="Routes"/> lead
/// to routes of controllers.
/// </summary>
public sealed partial class RoutesTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public void Nobody_else_spells_the_address_of_a_page()
    {
        var folder = SourceFiles.At("src", "MailAdmin.Web", "Features");
        var files = Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(f).EndsWith("Routes.cs", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 200);

        Assert.Empty(
            files.SelectMany(f => File.ReadLines(f).Where(IsSpelled).Select(line => $"{Path.GetRelativePath(folder, f)}: {line.Trim()}")));
    }

    [Theory]
    [InlineData("<a href=\"/domains/@domain.Name\">", true)]
    [InlineData("<form method=\"post\" action=\"/drift\">", true)]
    [InlineData("return Redirect($\"/domains/{domain.Name}/accounts\");", true)]
    [InlineData("return Redirect(PathOf(account) + \"/password\");", true)]
    [InlineData("<a href=\"@path/password\">", true)]
    [InlineData("<form action=\"@(Model.Path)/password-link\">", true)]
    [InlineData("[HttpGet(\"/domains/{domain}\")]", false)]
    [InlineData("[Route(\"/drift\"), RequirePermission(Permission.RunPanel)]", false)]
    [InlineData("<link rel=\"stylesheet\" href=\"/css/panel.css\">", false)]
    [InlineData("/// <summary>Below <c>\"/domains\"</c>.</summary>", false)]
    [InlineData("<td>@page.First/@page.Total</td>", false)]
    public void What_is_found_is_what_is_meant(string line, bool isFound) => Assert.Equal(isFound, IsSpelled(line));

    [Fact]
    public void Each_address_leads_to_a_route()
    {
        var templates = _panel.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.Trim('/'))
            .Distinct(StringComparer.Ordinal).ToList();
        var addresses = Of(null, typeof(Routes)).Concat(Of(Routes.Of("exemple.be")))
            .Concat(Of(Routes.Of("exemple.be").Account("exemple0001"))).Concat(Of(Routes.Of("exemple.be").Alias(7))).ToList();
        Assert.True(addresses.Count > 80);

        Assert.All(addresses, address => Assert.True(templates.Any(t => Leads(address, t)), address));
    }

    // A constant has to match the route itself, or the part before a parameter. Other addresses have to match as the router matches them.
    private static bool Leads(string address, string template)
    {
        var path = address.Split('?', '#')[0];
        if (path.Trim('/') == template || template.StartsWith(path.Trim('/') + "/{", StringComparison.Ordinal)) return true;
        return path.Any(char.IsDigit) | path.Contains("exemple", StringComparison.Ordinal)
            && new TemplateMatcher(TemplateParser.Parse(template), []).TryMatch(path, []);
    }

    /// <summary>All addresses of a class of routes, with a number or a name where one is needed.</summary>
    private static IEnumerable<string> Of(object? routes, Type? type = null)
    {
        type ??= routes!.GetType();
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static)) yield return (string)field.GetValue(null)!;
        foreach (var property in type.GetProperties().Where(p => p.PropertyType == typeof(string) && p.Name != "Name"))
            yield return (string)property.GetValue(routes)!;
        foreach (
            var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m.ReturnType == typeof(string) && m.GetParameters().Length == 1 && !m.IsSpecialName))
            yield return (string)method.Invoke(routes, [method.GetParameters()[0].ParameterType == typeof(long) ? 7L : "mx1.example.org"])!;
    }

    private static bool IsSpelled(string line) => Spelled().IsMatch(line) && !Allowed().IsMatch(line);

    [GeneratedRegex("""\$?"/[a-z]|"@[\w.()]+/[a-z]""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Spelled();

    // Routes of controllers, files of wwwroot, the address that monitors request, and comments.
    [GeneratedRegex("""\[(Route|Http(Get|Post))\("|"/(css|js|health)\b|^\s*(//|@\*)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Allowed();
}
