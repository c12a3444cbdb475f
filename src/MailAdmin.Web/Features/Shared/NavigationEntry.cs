namespace MailAdmin.Web.Features.Shared;

/// <summary>
/// Which entry of the navigation a page belongs to: the one of its folder, unless the view says another (<c>ViewData["Section"]</c>).
/// </summary>
public static class NavigationEntry
{
    public const string Key = "Section";

    // Folders whose pages belong to another one's.
    private static readonly Dictionary<string, string> Belonging = new(StringComparer.Ordinal)
    {
        ["Passwords"] = "Accounts",
        ["Redirects"] = "Accounts",
        ["SecondFactors"] = "Settings",
        ["Vacations"] = "Accounts",
    };

    /// <param name="viewPath">Of the page's view: <c>/Features/Accounts/Show.cshtml</c>.</param>
    public static string Of(string viewPath)
    {
        var folder = viewPath.Split('/') is [.., var name, _] ? name : "";
        return Belonging.GetValueOrDefault(folder, folder);
    }
}
