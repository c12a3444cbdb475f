using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Pages;

/// <summary>A panel on which every page has data, including long and awkward texts, and an empty domain.</summary>
public sealed class PageWorld : OwnSandbox
{
    public const string Password = "Zeven3Koeien!";
    public const string Superuser = "superuser";
    public const string DomainAdmin = "jens-ingo";

    /// <summary>An admin whose sign-in has a second step.</summary>
    public const string Careful = "anne";

    private const string Domain = "/domains/exemple.be";
    private const string Account = $"{Domain}/accounts/exemple0001";

    /// <summary>The values for the parameters in the pages' addresses, by kind.</summary>
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["domain"] = "exemple.be",
        ["username"] = "exemple0001",
        ["name"] = "exemple.com",
        ["status"] = "404",
        ["host"] = "mx.sandbox.test",
    };

    /// <summary>One-time links, with their keys, by the language of the user for whom they wait.</summary>
    public Dictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var panel = await PanelClient.SetUpAsync(Sandbox, Superuser, Password);
        await AddDomainsAsync(panel);
        await AddAccountsAsync(panel);
        await AddAliasesAsync(panel);
        await panel.SubmitAsync($"{Domain}/names", ("Name", "exemple.com"));
        await panel.SubmitAsync(
            "/admins/new", ("Name", DomainAdmin), ("Password", Password), ("Confirmation", Password), ("Rights", "DomainAdmin"),
            ("Domains", "exemple.be"));
        await AddCarefulAsync(panel);
        await AddLinksAsync(panel);
        await AddOrphanAsync(panel);
        await AddListsAsync(panel);
        await AddIdsAsync(panel);
    }

    /// <summary>Fills each parameter of the template with a value of the example.</summary>
    public string Fill(string template) => RouteTemplate.Fill(template, name =>
    {
        var kind = name == "id" ? KindOfId(template) : name;
        return _values.TryGetValue(kind, out var value)
            ? value : throw new InvalidOperationException($"Tell {nameof(PageWorld)} what {{{name}}} of {template} is.");
    });

    // A superuser's list for all domains is another one than a domain's.
    private static string KindOfId(string template) =>
        template.StartsWith("/import/", StringComparison.Ordinal)
            ? "list" : template.Split('/').TakeWhile(part => part != "{id}").Last();

    private static async Task AddDomainsAsync(PanelClient panel)
    {
        await AddDomainAsync(panel, "exemple.be", "exemple", "20");
        await AddDomainAsync(panel, "vide.example", "vide", "");
        await AddDomainAsync(panel, "été-café.example", "ete", "3");
        await AddDomainAsync(panel, "une-association-au-nom-vraiment-tres-long-de-bruxelles.example", "association-au-nom-tres-long", "1");
        for (var i = 1; i <= 8; i++) await AddDomainAsync(panel, $"client{i}.example", $"client-{i}x", "10");
    }

    private static Task<PanelPage> AddDomainAsync(PanelClient panel, string name, string prefix, string accounts) =>
        panel.SubmitAsync("/domains/new", ("Name", name), ("Prefix", prefix), ("MaxAccounts", accounts));

    private static async Task AddAccountsAsync(PanelClient panel)
    {
        string[] names = ["gugus.dupont", "anne-charlotte.vanden-broeck-de-la-tour-et-de-la-riviere", "info", "parti", "o'brien", "r&d",
            "compta", "lea", "zoe", "direction", "ventes"];
        foreach (var name in names) await panel.CreateAccountAsync("exemple.be", name, Password);
        await panel.SubmitAsync($"{Account}/addresses", ("Address", "gugus"));
        await panel.SubmitAsync(
            $"{Account}/redirect",
            ("Destinations", "ami@example.org\nune-adresse-lointaine-et-longue@une-organisation-lointaine.example.org"), ("Keep", "true"));
        await panel.SubmitAsync($"{Account}/vacation", ("State", "on"), ("Subject", "Absent"), ("Text", "Je ne suis pas là."));
        await panel.SubmitAsync($"{Account}/catch-all");
        await panel.SubmitAsync($"{Domain}/accounts/exemple0003/state");
        await panel.SubmitAsync($"{Domain}/accounts/exemple0004/delete");
    }

    private static async Task AddAliasesAsync(PanelClient panel)
    {
        var members = string.Join(
            '\n', Enumerable.Range(1, 25).Select(i => $"membre{i}.de-la-liste@une-organisation-lointaine.example.org"));
        await panel.SubmitAsync($"{Domain}/aliases/new", ("Address", "tous"), ("Destinations", $"exemple0001\n{members}"));
        await panel.SubmitAsync($"{Domain}/aliases/new", ("Address", "sans-destination"));
        for (var i = 1; i <= 10; i++)
            await panel.SubmitAsync(
                $"{Domain}/aliases/new", ("Address", $"une-liste-au-nom-vraiment-long-{i}"), ("Destinations", "exemple0002"));
    }

    private async Task AddCarefulAsync(PanelClient panel)
    {
        await panel.SubmitAsync(
            "/admins/new", ("Name", Careful), ("Password", Password), ("Confirmation", Password), ("Rights", "SupportOfAll"));
        using var careful = await PanelClient.SignInAsync(Sandbox, Careful, Password);
        await careful.SubmitAsync("/settings/second-factor", "main form[action$='/open']", ("Present", Password));
        var app = await careful.GetAsync("/settings/second-factor/app");
        await careful.SubmitAsync(
            app, "main form",
            ("Code", AuthenticatorApp.CodeOf(app.Document.QuerySelector("code.secret")!.TextContent, TimeProvider.System.GetUtcNow())));
    }

    private async Task AddLinksAsync(PanelClient panel)
    {
        foreach (var (n, language) in ((string[])["fr", "en", "nl", "de"]).Index())
        {
            var sheet = await panel.SubmitAsync($"{Domain}/accounts/exemple{n + 6:D4}/password", ("Generate", "true"));
            var made = await panel.SubmitAsync(sheet, "main form[action$='/password-link']", ("Language", language));
            var link = new Uri(made.Document.QuerySelector("[data-made-link]")!.TextContent);
            Links[language] = link.PathAndQuery + link.Fragment;
        }
    }

    // A mailbox without an account, found by the comparison. It is the one thing that the panel's pages cannot create.
    private async Task AddOrphanAsync(PanelClient panel)
    {
        var admin = Sandbox.Description.CyrusAdmin;
        using (var imap = await LineSession.OpenAsync(Sandbox.Ports.Imap))
        {
            foreach (var command in (string[])[$"LOGIN {admin.User} {admin.Password}", "CREATE user/inconnu0001"])
                for (var line = await imap.SendAsync("a " + command); !line.StartsWith(
                    "a OK", StringComparison.Ordinal); line = await imap.ReadAsync()) Assert.StartsWith(
                        "*", line, StringComparison.Ordinal);
        }
        await panel.SubmitAsync("/drift");
        await Eventually.HoldsAsync(
            async () => _values["drift"] = await IdOnAsync(panel, "/drift", "main a[href$='/delete']"), TimeSpan.FromSeconds(60));
    }

    // A new account, one that differs, one that stays, an alias, and a row that is wrong.
    private async Task AddListsAsync(PanelClient panel)
    {
        const string List = """
            address;name;quota;destinations
            nouveau@exemple.be;Marie Curie;500 MB;
            gugus.dupont@exemple.be;Gugus Dupont;;
            info@exemple.be;;;
            une-liste-importee@exemple.be;;;gugus.dupont@exemple.be
            élodie@exemple.be;;;
            """;
        foreach (var (kind, path) in new[] { ("import", $"{Domain}/import"), ("list", "/import") })
            _values[kind] = (await panel.SubmitAsync(path, ("Text", List))).Path.Split('/')[^1];
    }

    private async Task AddIdsAsync(PanelClient panel)
    {
        _values["aliases"] = await IdOnAsync(panel, $"{Domain}/aliases?q=tous", "td a[href]");
        _values["addresses"] = await IdOnAsync(panel, $"{Account}/addresses", "main a[href$='/delete']");
        _values["deleted"] = await IdOnAsync(panel, $"{Domain}/accounts/deleted", "main a[href$='/delete']");
        _values["admins"] = await IdOnAsync(panel, "/admins", "td a[href]");
    }

    private static async Task<string> IdOnAsync(PanelClient panel, string path, string link) =>
        (await panel.GetAsync(path)).Document.QuerySelector(link)!.GetAttribute("href")!.Split('/', '?')
            .Last(part => long.TryParse(part, out _));
}
