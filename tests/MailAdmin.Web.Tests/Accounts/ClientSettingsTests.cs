using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Passwords;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Accounts;

public sealed class ClientSettingsTests : IDisposable
{
    private const string List = "/domains/exemple.be/accounts";
    private const string Sheet = List + "/exemple0001/client-settings";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z"));
    private readonly PanelApplication _panel;

    public ClientSettingsTests() => _panel = new(_clock) { Settings = { ["PublicUrl"] = "http://localhost" } };

    public void Dispose() => _panel.Dispose();

    [Fact] // C175
    public async Task The_sheet_says_all_that_a_mail_program_asks_with_the_customers_own_names()
    {
        await SetHosterAsync(h => h.ServerNaming = ServerNaming.PerDomain);
        var browser = await StartAsync();

        var text = (await browser.GetAsync(Sheet)).Text;

        foreach (
            var word in (
                string[])["gugus.dupont@exemple.be", "exemple0001", "imap.exemple.be", "993", "143", "pop.exemple.be", "995", "110",
                "smtp.exemple.be", "465", "SSL/TLS"])
            Assert.Contains(word, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sheet_names_the_hosters_servers_his_webmail_and_whom_to_ask()
    {
        await SetHosterAsync(h => (h.Name, h.ImapHost, h.SmtpHost, h.WebmailUrl, h.SupportAddress) =
            ("all2all", "maximusconfessor.all2all.org", "maximusconfessor.all2all.org", "https://twig.all2all.org/",
                "support@all2all.org"));
        var browser = await StartAsync();

        var page = await browser.GetAsync(Sheet);

        foreach (var word in (string[])["all2all", "maximusconfessor.all2all.org", "https://twig.all2all.org/", "support@all2all.org"])
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_a_server_is_set_the_sheet_names_the_mail_host()
    {
        await SetHosterAsync(h => h.Name = "all2all");
        var browser = await StartAsync();

        var text = (await browser.GetAsync(Sheet)).Text;

        foreach (var word in (string[])["mx.example.org", "993", "995", "465"]) Assert.Contains(word, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerNaming.Generic)]
    [InlineData(ServerNaming.PerDomain)]
    public async Task What_the_hoster_does_not_offer_stands_on_no_sheet(ServerNaming naming)
    {
        await SetHosterAsync(
            h => (h.ServerNaming, h.ImapHost, h.Pop3Host, h.SmtpHost) = (naming, "imap.example.org", null, "smtp.example.org"));
        var browser = await StartAsync();
        var sheet = await browser.SubmitAsync(List + "/exemple0001/password", ("Generate", "true"));
        var link = await browser.SubmitAsync(sheet, "form[action$='/password-link']");
        var stranger = _panel.NewBrowser("fr");
        var made = new Uri(link.Document.QuerySelector("[data-made-link]")!.TextContent);

        var shown = await stranger.SubmitAsync(made.AbsolutePath, ("Key", made.Fragment[1..]));

        foreach (var text in (string[])[sheet.Text, shown.Text])
        {
            Assert.Contains("993", text, StringComparison.Ordinal);
            Assert.DoesNotContain("POP3", text, StringComparison.Ordinal);
            Assert.DoesNotContain("995", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(List + "/new")]
    [InlineData(List + "/exemple0001/password")]
    public async Task A_generated_password_is_shown_once_on_the_sheet_and_works(string form)
    {
        var browser = await StartAsync(withAccount: form.EndsWith("password", StringComparison.Ordinal));
        var page = await browser.GetAsync(form);

        var sheet = page.Document.QuerySelector("#address") is null
            ? await browser.SubmitAsync(page, "main form", ("Generate", "true"))
            : await browser.SubmitAsync(page, "main form", ("Generate", "true"), ("Address", "gugus.dupont"));

        Assert.Equal(Sheet, sheet.Path);
        var password = sheet.Document.QuerySelector(".secret")!.TextContent;
        await using var context = _panel.Get<MailDatabase>().Open();
        Assert.True(PasswordHash.TryParse(context.Accounts.Single().PasswordHash, out var hash));
        Assert.True(_panel.Get<PasswordHasher>().Verify(password, hash));
        Assert.DoesNotContain(context.AuditEvents.ToList(), e => $"{e.Before} {e.After}".Contains(password, StringComparison.Ordinal));
        Assert.DoesNotContain(password, (await browser.GetAsync(Sheet)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generated_password_waits_for_its_own_sheet_and_not_for_long()
    {
        var browser = await StartAsync();
        await _panel.AddAccountAsync(await DomainAsync(), "marie");
        var values = Browser.ValuesOf(
            (AngleSharp.Html.Dom.IHtmlFormElement)(await browser.GetAsync(List + "/exemple0001/password")).Document.QuerySelector(
                "main form")!);
        values["Generate"] = "true";
        browser = await WithoutRedirectsAsync(values);

        Assert.Null((await browser.GetAsync(List + "/exemple0002/client-settings")).Document.QuerySelector(".secret"));
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Null((await browser.GetAsync(Sheet)).Document.QuerySelector(".secret"));
    }

    [Fact]
    public async Task A_typed_password_is_never_shown()
    {
        var browser = await StartAsync();

        await browser.SubmitAsync(List + "/exemple0001/password", ("Password", "kfmt-7wpe-x3hq"), ("Confirmation", "kfmt-7wpe-x3hq"));

        Assert.DoesNotContain("kfmt-7wpe-x3hq", (await browser.GetAsync(Sheet)).Html, StringComparison.Ordinal);
    }

    private async Task<Browser> StartAsync(bool withAccount = true)
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        if (withAccount) await _panel.AddAccountAsync(domain, "gugus.dupont");
        return browser;
    }

    // A browser that was given a password, and did not follow the redirect to the page that shows it.
    private async Task<Browser> WithoutRedirectsAsync(Dictionary<string, string> values)
    {
        var browser = new Browser(_panel.CreateClient(new() { AllowAutoRedirect = false }), "fr");
        var signIn = Browser.ValuesOf(
            (AngleSharp.Html.Dom.IHtmlFormElement)(await browser.GetAsync("/sign-in")).Document.QuerySelector("main form")!);
        (signIn["Name"], signIn["Password"]) = ("jens", PanelApplication.Password);
        await browser.PostAsync("/sign-in", signIn);
        var own = Browser.ValuesOf(
            (AngleSharp.Html.Dom.IHtmlFormElement)(await browser.GetAsync(List + "/exemple0001/password")).Document.QuerySelector(
                "main form")!);
        foreach (var (name, value) in own) values[name] = value;
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await browser.PostAsync(List + "/exemple0001/password", values)).Status);
        return browser;
    }

    private async Task<MailDomain> DomainAsync() =>
        (await _panel.Get<DomainRepository>().FindAsync(DomainName.Parse("exemple.be")))!.Domain;

    private async Task SetHosterAsync(Action<Hoster> change)
    {
        await _panel.Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            var hoster = await write.Context.Hosters.SingleOrDefaultAsync();
            if (hoster is null) write.Context.Hosters.Add(hoster = new Hoster());
            change(hoster);
        });
        await _panel.Get<HosterRepository>().RefreshAsync();
    }
}
