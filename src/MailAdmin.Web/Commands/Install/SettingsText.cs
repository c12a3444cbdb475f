using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailAdmin.Web.Commands.Install;

/// <summary>settings.json: whole for a new installation; in an existing one, the answers alone are replaced.</summary>
internal static class SettingsText
{
    public const string SecretFile = "/etc/mailadmin/cyrus-admin.secret";
    public const string SocketGroup = "sasl";
    private const string RunAs = "/usr/lib/mailadmin/commands/run-as";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonNode? Parse(string? text) => text is null ? null : JsonNode.Parse(text, documentOptions: Lenient);

    /// <param name="answers">What the hoster said.</param>
    /// <param name="present">The present file; unchanged if it says the same.</param>
    /// <param name="dane">For a new installation: whether a resolver on this host validates.</param>
    public static string Of(InstallAnswers answers, string? present, bool dane)
    {
        if (Parse(present) is not JsonObject settings) return New(answers, dane).ToJsonString(Readable) + "\n";
        var before = settings.DeepClone();
        var panel = Section(settings, "MailAdmin");
        var (maps, host) = (Section(panel, "Maps"), answers.Hostname.Value);
        if ((string?)maps["Origin"] is { } origin && origin == (string?)maps["Hostname"]) maps["Origin"] = host;
        (maps["Hostname"], maps["Postmaster"]) = (host, answers.Superuser.Value);
        if (!Same((string?)panel["PublicUrl"], answers.PanelUrl)) panel["PublicUrl"] = UrlOf(answers);
        return JsonNode.DeepEquals(before, settings) ? present! : settings.ToJsonString(Readable) + "\n";
    }

    private static JsonObject New(InstallAnswers answers, bool dane)
    {
        var host = answers.Hostname.Value;
        var maps = new JsonObject
        {
            ["Host"] = host,
            ["Hostname"] = host,
            // Its own name and not the domain above it, which may be a customer's, or the hoster's own with mailboxes elsewhere.
            ["Origin"] = host,
            ["Postmaster"] = answers.Superuser.Value,
            ["Folder"] = "/var/lib/mailadmin/maps",
            ["ReloadTrigger"] = "/var/lib/mailadmin/maps/reload-trigger.db",
            ["Postsuper"] = new JsonArray(RunAs, "postfix", "postsuper"),
        };
        if (dane) maps["Dane"] = true;
        return new JsonObject
        {
            ["MailAdmin"] = new JsonObject
            {
                ["Database"] = "/var/lib/mailadmin/mailadmin.db",
                ["PublicUrl"] = UrlOf(answers),
                ["Proxies"] = new JsonArray("127.0.0.1", "::1"),
                ["Store"] = new JsonObject { ["Name"] = $"store.{host}", ["NextHop"] = "store:unix:/run/cyrus/socket/lmtp" },
                ["Cyrus"] = Cyrus(),
                ["Sieve"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = 14190, ["StartTls"] = false },
                ["Maps"] = maps,
                ["Logins"] = new JsonObject
                {
                    ["Socket"] = "/run/mailadmin/mux",
                    ["SocketGroup"] = SocketGroup,
                    ["OwnProcess"] = true,
                },
                ["Sending"] = new JsonObject { ["Socket"] = "/run/mailadmin/policy" },
                ["Doctor"] = new JsonObject { ["Certificates"] = Certificates(host) },
            },
        };
    }

    // The panel signs in on listeners of its own, which no other machine reaches: so it depends on no certificate.
    private static JsonObject Cyrus() => new()
    {
        ["Host"] = "127.0.0.1",
        ["Port"] = 10143,
        ["Tls"] = false,
        ["AdminPasswordFile"] = SecretFile,
        ["DenyCommand"] = new JsonArray(RunAs, "cyrus", "cyr_deny"),
        ["KillCommand"] = new JsonArray(RunAs, "cyrus", "kill"),
    };

    private static JsonArray Certificates(string host) =>
        new($"imaps://{host}:993", $"pop3s://{host}:995", $"sieve://{host}:4190", $"smtps://{host}:465", $"smtp://{host}:25");

    private static JsonObject Section(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject section) parent[name] = section = new JsonObject();
        return section;
    }

    private static bool Same(string? url, Uri wanted) => Uri.TryCreate(url, UriKind.Absolute, out var present) && present == wanted;

    private static string UrlOf(InstallAnswers answers) => answers.PanelUrl.ToString().TrimEnd('/');
}
