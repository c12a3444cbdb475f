using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Testing;
using MailAdmin.Web.Features.MailboxCopies;
using MailAdmin.Web.Tests.Commands;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.MailboxCopies;

/// <summary>The pages and commands of copies; the engine has its tests on real servers.</summary>
public sealed class MailboxCopyPagesTests : IDisposable
{
    private const string Page = "/domains/exemple.be/accounts/exemple0001/copy";

    private static readonly SourceRequest Source = new(
        "imap.old.example", null, SourceSecurity.Tls, SourceAuthentication.Password, "gugus", null, "old-horse");

    private readonly PanelApplication _panel = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _panel.Dispose();

    private static int RowsOf(WebPage page) => page.Document.QuerySelectorAll("#copies tbody tr").Length;

    [Fact]
    public async Task What_is_wrong_with_the_connection_is_told_beside_its_field_and_what_was_typed_stays()
    {
        var (browser, _) = await StartAsync();
        var port = LoopbackPort.Free().ToString(System.Globalization.CultureInfo.InvariantCulture);

        var closed = await browser.SubmitAsync(
            await browser.GetAsync(Page), "#source", ("Host", "127.0.0.1"), ("Port", port), ("User", "gugus"), ("Secret", "old-horse"));
        var empty = await browser.SubmitAsync(await browser.GetAsync(Page), "#source", ("User", ""), ("Port", "douze"));

        Assert.NotEmpty(closed.ErrorAt("Port"));
        Assert.Equal("127.0.0.1", closed.Document.QuerySelector("[name=Host]")!.GetAttribute("value"));
        Assert.DoesNotContain("old-horse", closed.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.NotEmpty(empty.ErrorAt("Port"));
        Assert.Null(await _panel.Get<MailboxCopyRepository>().FindAsync(1, Cancellation));
    }

    [Fact]
    public async Task A_copy_is_watched_paused_resumed_and_ended_on_its_page()
    {
        var (browser, account) = await StartAsync();
        await _panel.Get<MailboxCopyService>().StartAsync(account.Id, Source, false, Actor.Panel, Cancellation);
        var attempt = Assert.Single(
            await _panel.Get<MailboxCopyJournal>().ClaimAsync("test", 1, 1, TimeSpan.FromHours(1), Cancellation));
        await _panel.Get<MailboxCopyJournal>().SaveAsync(
            attempt.CopyId, null,
            [
                new()
                {
                    CopyId = attempt.CopyId, Kind = CopyProblemKind.Refused, Folder = "Été", Subject = "<b>Devis</b>", Detail = "too odd",
                },
            ],
            new(1200, 5_000_000, 300, 1_000_000, 1) { MessageRate = 30, OctetRate = 90_000, Folder = "Été" }, Cancellation);

        var page = await browser.GetAsync(Page);
        Assert.Equal("yes", page.Document.QuerySelector("#copy")!.GetAttribute("data-follow"));
        var bar = page.Document.QuerySelector("progress")!;
        Assert.Equal(("300", "1200"), (bar.GetAttribute("value"), bar.GetAttribute("max")));
        Said.In(MailboxCopyTexts.LessThanMinute, page.Text);
        Said.In("<b>Devis</b>", page.Document.QuerySelector("#problems")!.TextContent);
        Assert.Null(page.Document.QuerySelector("#source"));

        page = await browser.SubmitAsync(page, "#pause");
        Said.In(MailboxCopyTexts.PausedNotice, page.Notice);
        page = await browser.SubmitAsync(page, "#resume");
        Said.In(MailboxCopyTexts.ResumedNotice, page.Notice);
        page = await browser.SubmitAsync(page, "#cancel");
        Said.In(MailboxCopyTexts.CancelledNotice, page.Notice);

        Assert.NotNull(page.Document.QuerySelector("#source"));
        Assert.Equal("imap.old.example", page.Document.QuerySelector("[name=Host]")!.GetAttribute("value"));
        Assert.Null((await _panel.Get<MailboxCopyRepository>().FindAsync(account.Id, Cancellation))!.Secret);
    }

    [Fact]
    public async Task Many_start_from_one_server_and_the_domains_page_lists_them()
    {
        var (browser, _) = await StartAsync();

        var wrong = await browser.SubmitAsync(
            "/domains/exemple.be/copies", ("Host", "imap.old.example"), ("ProxyUser", "root"), ("Secret", "s"), ("Accounts", "personne"));
        Assert.NotEmpty(wrong.ErrorAt("Accounts"));
        var page = await browser.SubmitAsync(
            wrong, "#source", ("Secret", "old-stable"), ("Accounts", "gugus.dupont@exemple.be"));

        Said.In(MailboxCopyTexts.FormatStartedMany("1", "0"), page.Notice);
        Assert.Equal(Page, page.Document.QuerySelector("#copies td a")!.GetAttribute("href"));
        Said.In("gugus.dupont@exemple.be · imap.old.example:993", page.Document.QuerySelector("#copies")!.TextContent);
    }

    [Fact]
    public async Task The_copies_of_a_large_domain_come_in_pages()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        for (var n = 1; n <= 8; n++) await ReadyAsync(await _panel.AddAccountAsync(domain, $"person{n}"));
        await browser.SubmitAsync(
            "/domains/exemple.be/copies", ("Host", "imap.old.example"), ("ProxyUser", "root"), ("Secret", "old-stable"));

        var first = await browser.GetAsync("/domains/exemple.be/copies?size=5");
        var second = await browser.GetAsync("/domains/exemple.be/copies?size=5&first=5");

        Assert.Equal((5, 3), (RowsOf(first), RowsOf(second)));
        Said.In(MailboxCopyTexts.FormatTotal("8"), first.Text);
    }

    [Fact]
    public async Task Commands_list_copies_and_act_on_them_by_address_or_username()
    {
        var (_, account) = await StartAsync();
        await _panel.Get<MailboxCopyService>().StartAsync(account.Id, Source, false, Actor.Panel, Cancellation);

        var listed = Assert.Single((await _panel.RunAsync("copy", "--json")).Ends(0).Json["copies"]!.AsArray())!;
        Assert.Equal(("exemple0001", "waiting", null), ((string?)listed["username"], (string?)listed["state"], listed["secret"]));
        (await _panel.RunAsync("copy", "pause", "gugus.dupont@exemple.be", "--dry-run")).Ends(0);
        Assert.Equal("waiting", await StateAsync());
        (await _panel.RunAsync("copy", "pause", "gugus.dupont@exemple.be")).Ends(0);
        Assert.Equal("paused", await StateAsync("--wait"));
        (await _panel.RunAsync("copy", "resume", "exemple0001")).Ends(0);
        (await _panel.RunAsync("copy", "cancel", "exemple0001")).Ends(0);
        (await _panel.RunAsync("copy", "cancel", "exemple0001")).Ends(1);
        (await _panel.RunAsync("copy", "status", "personne")).Ends(1);

        async Task<string?> StateAsync(params string[] options) => (string?)(
            await _panel.RunAsync(["copy", "status", "exemple0001", "--json", .. options])).Ends(0).Json["copy"]!["state"];
    }

    private async Task<(Browser Browser, Account Account)> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        var account = await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        await ReadyAsync(account);
        return (browser, account);
    }

    private Task ReadyAsync(Account account) => _panel.Get<MailDatabase>().WriteAsync(
        Actor.Panel, async write => (await write.Context.Accounts.FindAsync(account.Id))!.MailboxReady = true, Cancellation);
}
