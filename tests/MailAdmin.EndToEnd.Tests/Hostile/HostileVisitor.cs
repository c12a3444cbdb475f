using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MailAdmin.Sandbox;
using static MailAdmin.EndToEnd.Tests.Hostile.HostileForms;

namespace MailAdmin.EndToEnd.Tests.Hostile;

/// <summary>A signed-in visitor who opens every page that links lead to, and sends each form with any values.</summary>
internal sealed class HostileVisitor : IDisposable
{
    private static readonly HtmlParser Parser = new();

    private const string SecondFactor = "/settings/second-factor";

    // These forms end the session or ask for the password again. The rest of the visit would only see the sign-in page.
    private static readonly string[] Leaving = ["/sign-out", "/settings/sessions", SecondFactor];

    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _queries = new(StringComparer.Ordinal);
    private readonly string _name;
    private readonly string _password;

    public HostileVisitor(MailSandbox sandbox, string name, string password)
    {
        (_name, _password) = (name, password);
        _http = new HttpClient
        {
            BaseAddress = new Uri(sandbox.PanelUrl),
            Timeout = TimeSpan.FromSeconds(100),
            DefaultRequestHeaders = { { "Accept-Language", "en" } }
        };
    }

    /// <summary>The forms that were sent, for a failure's message and for the count.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>Whether the form has to come last, each time after <see cref="PrepareAsync"/>.</summary>
    public static bool Leaves(string action) => Leaving.Any(l => action.StartsWith(l, StringComparison.Ordinal));

    /// <summary>Signs in, and types the password again if the form requires that.</summary>
    public async Task PrepareAsync(string action)
    {
        await SignInAsync();
        if (action.StartsWith(SecondFactor, StringComparison.Ordinal) && !action.EndsWith("/open", StringComparison.Ordinal))
            await OpenAsync();
    }

    /// <summary>Types the password again, for the forms of the visitor's second factors.</summary>
    public async Task OpenAsync()
    {
        if ((await GetAsync(SecondFactor)).QuerySelector<IHtmlFormElement>($"form[action='{SecondFactor}/open']") is not { } form) return;
        var values = ValuesOf(form);
        values["Present"] = _password;
        await PostAsync($"{SecondFactor}/open", values);
    }

    public async Task SignInAsync()
    {
        var page = await GetAsync("/sign-in");
        if (page.QuerySelector<IHtmlFormElement>("main form:has(#password)") is not { } form) return;
        var values = ValuesOf(form);
        (values["Name"], values["Password"]) = (_name, _password);
        await PostAsync("/sign-in", values);
    }

    /// <summary>Every form that links lead to, one of each kind. The kind is the address without its names and numbers.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FormsAsync(int most)
    {
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/" };
        var queue = new Queue<string>(seen);
        for (var n = 0; n < most && queue.TryDequeue(out var path); n++)
        {
            var page = await GetAsync(path);
            Collect(page, path, forms);
            foreach (var name in QueriesOf(page)) _queries.TryAdd(Kind(name), name);
            foreach (var link in page.QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#', '?')[0]))
            {
                if (seen.Add(link) && seen.Count(s => Kind(s) == Kind(link)) <= 3) queue.Enqueue(link);
            }
        }
        return forms;
    }

    /// <summary>Sends a NUL in each query that was found, one of each kind, and returns the statuses of the answers.</summary>
    public async Task<IReadOnlyList<(string Query, int Status)>> QueriesWithNulAsync()
    {
        List<(string, int)> answers = [];
        foreach (var query in _queries.Values)
        {
            using var response = await _http.GetAsync(new Uri(query + "a%00b", UriKind.Relative));
            answers.Add((query, (int)response.StatusCode));
        }
        return answers;
    }

    /// <summary>The forms of one page, in the same way.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FormsOfAsync(string path)
    {
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(await GetAsync(path), path, forms);
        return forms;
    }

    /// <summary>Sends one form of a page with some of its values replaced.</summary>
    /// <returns>Null if the page no longer has the form.</returns>
    public async Task<HostileAnswer?> SendAsync(string path, string action, HostileValues hostile, bool huge)
    {
        var page = await GetAsync(path);
        var form = page.QuerySelectorAll<IHtmlFormElement>("form[method=post]")
            .FirstOrDefault(f => (f.GetAttribute("action") is { Length: > 0 } given ? given : path) == action);
        if (form is null) return null;
        var values = ValuesOf(form);
        if (form.HasAttribute("data-passkey")) values["State"] = await StateAsync(action, values["__RequestVerificationToken"]);
        foreach (var name in values.Keys.Where(k => k != "__RequestVerificationToken").ToList())
        {
            if (hostile.Sometimes(10)) values.Remove(name);
            else if (hostile.Sometimes(70)) values[name] = hostile.Next();
        }
        if (huge && values.Keys.FirstOrDefault(k => k != "__RequestVerificationToken") is { } first) values[first] = hostile.Megabyte();
        Sent.Add(
            $"{action} {string.Join('&', values.Where(v => v.Key != "__RequestVerificationToken").Select(v => $"{v.Key}={Shown(v.Value)}"))}");
        return await PostAsync(action, values);
    }

    public async Task<IHtmlDocument> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await Parser.ParseDocumentAsync(await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();

    // Requests the state as the page's script does. Only with it is the passkey checked.
    private async Task<string> StateAsync(string action, string token)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var response = await _http.PostAsync(new Uri(action + "/options", UriKind.Relative), content);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["state"]!;
    }

    private async Task<HostileAnswer> PostAsync(string path, Dictionary<string, string> values)
    {
        using var content = new FormUrlEncodedContent(values);
        using var response = await SendAsync(path, content);
        var html = await response.Content.ReadAsStringAsync();
        return new((int)response.StatusCode, await Parser.ParseDocumentAsync(html));
    }

    // An answer that a browser could not read counts as no answer.
    private async Task<HttpResponseMessage> SendAsync(string path, FormUrlEncodedContent content)
    {
        try
        {
            return await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        }
        catch (HttpRequestException e)
        {
            throw new InvalidOperationException($"No answer to {Sent.LastOrDefault()}", e);
        }
    }

    private static string Shown(string value) => value.Length > 60 ? value[..60] + "…" : value;
}
