using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace MailAdmin.EndToEnd.Tests.Hostile;

/// <summary>What a page lets a visitor send.</summary>
internal static partial class HostileForms
{
    /// <summary>Each parameter of links and of search forms, ready for a value.</summary>
    public static IEnumerable<string> QueriesOf(IHtmlDocument page)
    {
        foreach (
            var link in page.QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0])
                .Where(l => l.Contains('?', StringComparison.Ordinal)))
        {
            foreach (var parameter in link[(link.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&'))
                yield return $"{link.Split('?')[0]}?{parameter.Split('=')[0]}=";
        }
        foreach (
            var form in page.QuerySelectorAll<IHtmlFormElement>("form:not([method=post])")
                .Where(f => f.GetAttribute("action") is { Length: > 0 }))
        {
            foreach (var name in ValuesOf(form).Keys) yield return $"{form.GetAttribute("action")}?{name}=";
        }
    }

    /// <summary>Adds the forms of the page, one of each kind.</summary>
    public static void Collect(IHtmlDocument page, string path, Dictionary<string, string> forms)
    {
        foreach (var form in page.QuerySelectorAll<IHtmlFormElement>("form[method=post]"))
        {
            var action = form.GetAttribute("action") is { Length: > 0 } given ? given : path;
            forms.TryAdd(Kind(action) + " " + string.Join(',', ValuesOf(form).Keys), path + " " + action);
        }
    }

    /// <summary>The values that a browser would send if nobody typed anything.</summary>
    public static Dictionary<string, string> ValuesOf(IHtmlFormElement form) => form.Elements
        .Where(e => e.GetAttribute("name") is { Length: > 0 } && e is not IHtmlButtonElement)
        .GroupBy(e => e.GetAttribute("name")!, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.First() switch
        {
            IHtmlInputElement input => input.Value,
            IHtmlTextAreaElement area => area.Value,
            IHtmlSelectElement select => select.Value ?? "",
            _ => "",
        }, StringComparer.Ordinal);

    /// <summary>The address without its names and numbers.</summary>
    public static string Kind(string path) => Names().Replace(path, "/*");

    // Names of domains, usernames and numbers.
    [GeneratedRegex("/[^/]*[.0-9][^/]*(?=/|$)", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Names();
}
