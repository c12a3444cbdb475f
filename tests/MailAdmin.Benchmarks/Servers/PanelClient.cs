using System.Net;
using System.Text.RegularExpressions;

namespace MailAdmin.Benchmarks.Servers;

/// <summary>A signed-in client that has a browser's cookies and nothing more.</summary>
internal sealed partial class PanelClient : IDisposable
{
    private readonly HttpClient _http;

    private PanelClient(string url) =>
        _http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(url) };

    public static async Task<PanelClient> SignInAsync(string url, string name, string password)
    {
        var client = new PanelClient(url);
        var token = Token().Match(await client._http.GetStringAsync("/sign-in")).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Name"] = name,
            ["Password"] = password,
            ["__RequestVerificationToken"] = token,
        });
        using var answer = await client._http.PostAsync("/sign-in", form);
        answer.EnsureSuccessStatusCode();
        if (answer.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in") throw new InvalidOperationException($"{name} is not let in.");
        return client;
    }

    /// <exception cref="HttpRequestException">The answer is not a page.</exception>
    public async Task GetAsync(string path)
    {
        var page = await _http.GetStringAsync(path);
        if (!page.Contains("</html>", StringComparison.OrdinalIgnoreCase)) throw new HttpRequestException($"{path} is no page.");
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Token();
}
