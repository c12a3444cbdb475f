using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Vacations;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Accounts;

/// <summary>What the list and the page of an account say about it.</summary>
public sealed class AccountRemarksTests : AccountListTest
{
    [Fact]
    public async Task A_row_says_what_is_special_about_its_account_and_so_does_the_accounts_page()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        var account = await _panel.AddAccountAsync(domain, "gugus.dupont");
        await _panel.AddAccountAsync(domain, "pascal");
        await _panel.Get<RedirectService>().SetAsync(account.Id, new RedirectEdit(0, ["ami@example.org"], KeepsCopy: true), Actor.Panel);
        await _panel.Get<VacationService>()
            .SaveAsync(
                account.Id, new VacationRequest(0, true, "Absent", "Je ne suis pas là.", null, new DateOnly(2026, 12, 2), 7), Actor.Panel);
        await _panel.Get<CatchAllService>().SetAsync(account.Id, null, Actor.Panel);

        Assert.Equal(
            [string.Join(
                " · ", AccountTexts.RemarkRedirectedCopy, AccountTexts.FormatRemarkAbsentUntil("2 décembre"), AccountTexts.RemarkCatchAll)],
            await RemarksAsync(browser));
        var overview = await browser.GetAsync("/domains/exemple.be/accounts/exemple0001");
        Said.In(AccountTexts.RemarkAbsentUntil, overview.Text, "2 décembre");
        _clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(
            [$"{AccountTexts.RemarkRedirectedCopy} · {AccountTexts.RemarkCatchAll}"],
            await RemarksAsync(await _panel.SignInAsync("jens")));
    }

    [Fact] // C102
    public async Task Every_domain_that_was_given_is_listed_and_one_that_leads_nowhere_says_why_it_takes_no_account()
    {
        await _panel.SignedInAsync();
        var relayed = await _panel.AddDomainAsync("relais.example", "relais");
        await _panel.Get<MailDatabase>()
            .ExecuteWithoutAuditAsync(
                context => Task.FromResult(context.Domains.Single(d => d.Id == relayed.Id).Routing = DomainRouting.Relay));
        await _panel.AddAdminAsync(
            "luc", AdminRole.DomainAdmin, await _panel.AddDomainAsync(), relayed, await _panel.AddDomainAsync("neuf.example", "neuf"));
        var luc = await _panel.SignInAsync("luc");

        Assert.Equal(
            ["exemple.be", "neuf.example", "relais.example"], (await luc.GetAsync("/domains")).Document.QuerySelectorAll("tbody strong")
                .Select(s => s.TextContent));
        var accounts = await luc.GetAsync("/domains/relais.example/accounts");
        Said.In(ProblemTexts.DomainRelayed, accounts.Text, "relais.example");
        Assert.Null(accounts.Document.QuerySelector("main a[href$='/accounts/new']"));
        Assert.NotNull((await luc.GetAsync("/domains/neuf.example/accounts")).Document.QuerySelector("main a[href$='/accounts/new']"));
    }

    [Fact]
    public async Task States_are_said_in_words_and_last_logins_as_people_say_them()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        foreach (var name in new[] { "ready", "pending", "failed", "suspended", "full" }) await _panel.AddAccountAsync(domain, name);
        await _panel.Get<MailDatabase>().ExecuteWithoutAuditAsync(async c =>
        {
            var all = await c.Accounts.OrderBy(a => a.Id).ToListAsync();
            var jobs = await c.Jobs.OrderBy(t => t.SubjectId).ToListAsync();
            (all[0].MailboxReady, all[0].LastLoginAt, all[0].LastLoginService) = (true, _clock.GetUtcNow().AddDays(-1), MailProtocols.Imap);
            c.Jobs.Remove(jobs[0]);
            (jobs[2].Refused, jobs[2].LastError) = (true, "NO <b>Permission</b> denied");
            (all[3].State, all[3].IsFull) = (AccountState.Suspended, true);
            (all[4].MailboxReady, all[4].IsFull) = (true, true);
            c.Jobs.Remove(jobs[4]);
            return true;
        });

        var page = await browser.GetAsync("/domains/exemple.be/accounts");

        Assert.Equal(
            [SharedTexts.InPlace, SharedTexts.Pending, SharedTexts.Failed, SharedTexts.Suspended, SharedTexts.Full],
            page.Document.QuerySelectorAll("tbody .chip")
                .Select(c => c.TextContent));
        Assert.Equal("chip bad", page.Document.QuerySelectorAll("tbody .chip")[4].ClassName);
        Assert.StartsWith("hier ", page.Document.QuerySelector("tbody time")!.TextContent, StringComparison.Ordinal);
        // The server's own message is shown as text (C114).
        var failed = await browser.GetAsync("/domains/exemple.be/accounts/exemple0003");
        Assert.Contains("NO <b>Permission</b> denied", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_mailbox_is_red_wherever_it_is_shown_and_counted_on_its_domain()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddDomainAsync("vide.example", "vide");
        foreach (var name in (string[])["marie", "ana"]) await _panel.AddAccountAsync(domain, name);
        await _panel.Get<MailDatabase>().ExecuteWithoutAuditAsync(async c =>
        {
            foreach (var account in await c.Accounts.ToListAsync())
                (account.MailboxReady, account.IsFull) = (true, account.Username.Value == "exemple0002");
            c.Jobs.RemoveRange(c.Jobs);
            return true;
        });

        var domains = await browser.GetAsync("/domains");
        Assert.Equal([DomainTexts.Full_one], domains.Document.QuerySelectorAll("tbody .chip.bad").Select(c => c.TextContent));
        var list = await browser.GetAsync(domains.Document.QuerySelector("tbody .chip.bad")!.GetAttribute("href")!);
        Said.In(DomainTexts.Full_one, list.Document.QuerySelector("main .note.bad")!.TextContent);
        Assert.Equal("exemple0002", Usernames(list).First());
        string[] pages = ["/domains/exemple.be/accounts?q=ana", "/domains/exemple.be/accounts/exemple0002", "/search?q=ana@exemple.be"];
        foreach (var path in pages)
            Assert.Equal(SharedTexts.Full, (await browser.GetAsync(path)).Document.QuerySelector("main .chip.bad")?.TextContent);
    }

    [Fact]
    public async Task While_the_mail_server_is_away_nothing_that_waits_for_it_is_called_done()
    {
        (_panel.Settings["Cyrus:Host"], _panel.Settings["Cyrus:Port"], _panel.Settings["Cyrus:Tls"],
            _panel.Settings["Cyrus:AdminPassword"]) = ("127.0.0.1", "1", "false", "none");
        const string account = "/domains/exemple.be/accounts/exemple0001";
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();

        var sheet = await browser.SubmitAsync("/domains/exemple.be/accounts/new", ("Address", "marie"), ("Generate", "true"));
        Said.In(AccountTexts.CreatedPending, sheet.Notice);
        Said.In(AccountTexts.SheetPending, sheet.Text);
        var quota = await browser.SubmitAsync(account + "/quota", ("Quota", "24.4 MB"));
        Assert.Contains("24 986 Ko", Spaced(quota.Notice), StringComparison.Ordinal);
        WebPage[] told = [sheet, quota,
            await browser.SubmitAsync(account + "/password", ("Password", "kfmt-7wpe-x3hq"), ("Confirmation", "kfmt-7wpe-x3hq")),
            await browser.SubmitAsync(account + "/services", ("Imap", ""))];
        Assert.All(told, page => Assert.Equal("note wait", page.Document.QuerySelector("main > .note[role=status]")!.ClassName));
    }
}
