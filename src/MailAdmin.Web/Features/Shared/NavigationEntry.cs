namespace MailAdmin.Web.Features.Shared;

/// <summary>
/// The navigation entry that a page belongs to: that of its folder, unless the view sets another one (<c>ViewData["Section"]</c>).
/// </summary>
public static class NavigationEntry
{
    public const string Key = "Section";

    // Folders whose pages belong to another folder's entry.
    private static readonly Dictionary<string, string> Belonging = new(StringComparer.Ordinal)
    {
        ["Passwords"] = "Accounts",
        ["Redirects"] = "Accounts",
        ["SecondFactors"] = "Settings",
        ["Switches"] = "Routings",
        ["Vacations"] = "Accounts",
    };

    /// <param name="viewPath">The path of the page's view: <c>/Features/Accounts/Show.cshtml</c>.</param>
    public static string Of(string viewPath)
    {
        var folder = viewPath.Split('/') is [.., var name, _] ? name : "";
        return Belonging.GetValueOrDefault(folder, folder);
    }
}
