namespace MailAdmin.Web.Features.Sessions;

/// <summary>A short, recognisable name from a browser's User-Agent: <c>Firefox · Windows</c>.</summary>
internal static class BrowserNames
{
    // The first match counts: most browsers claim to be others as well.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"),
            ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Macintosh", "Mac"), ("CrOS", "ChromeOS"),
            ("Linux", "Linux")];

    /// <summary>Null if nothing is recognised.</summary>
    public static string? Of(string? userAgent)
    {
        string?[] parts = [Find(Browsers, userAgent), Find(Systems, userAgent)];
        return parts.Any(p => p is not null) ? string.Join(" · ", parts.OfType<string>()) : null;
    }

    private static string? Find((string Sign, string Name)[] known, string? userAgent) =>
        known.FirstOrDefault(k => userAgent?.Contains(k.Sign, StringComparison.Ordinal) == true).Name;
}
