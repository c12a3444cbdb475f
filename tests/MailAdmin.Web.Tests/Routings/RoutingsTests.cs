using System.Net;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Web.Features.Routings;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Routings;

public sealed class RoutingsTests : IDisposable
{
    private const string Path = "/domains/exemple.be/routing";
    private const string Old = "smtp:[old.example.net]:25";
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact] // C102
    public async Task A_domain_whose_mail_goes_elsewhere_is_made_and_its_accounts_are_prepared_with_an_explanation()
    {
        var browser = await _panel.SignedInAsync();
        await browser.SubmitAsync("/domains/new", ("Name", "exemple.be"), ("Prefix", "exemple"), ("NextHop", Old));

        var created = await browser.SubmitAsync(
            "/domains/exemple.be/accounts/new", ("Address", "gugus.dupont"), ("Password", PanelApplication.Password),
            ("Confirmation", PanelApplication.Password));
        var list = await browser.GetAsync("/domains/exemple.be/accounts");

        Assert.Contains("exemple0001", created.Html, StringComparison.Ordinal);
        Said.In(RoutingTexts.AccountsRelayed, list.Text, "exemple.be", Old);
        Said.In(RoutingTexts.GoesOn, (await browser.GetAsync(Path)).Text, Old);
    }

    [Fact]
    public async Task The_page_before_a_switch_says_what_it_means_for_whom_and_the_page_after_it_how_far_it_is()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await RelayedAsync();
        var holder = await _panel.AddAccountAsync(domain, "pascal");
        await _panel.AddAccountAsync(domain, "gugus.dupont");
        await _panel.Get<MailDatabase>()
            .WriteAsync(Actor.Panel, async w => (await w.Context.Accounts.FindAsync(holder.Id))!.MailboxReady = true);
        await _panel.Get<MapRepository>().SavePositionAsync("mx.example.org", 1, null, default);

        var asked = await browser.GetAsync(Path + "/change");
        Said.In(RoutingTexts.HereMeans, asked.Text, null, Old);
        Assert.Contains("exemple0002", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("exemple0001", asked.Document.QuerySelector("main dl")!.TextContent, StringComparison.Ordinal);
        Said.In(RoutingTexts.UnknownRefused, asked.Text);
        Said.In(RoutingTexts.WaitingUnknown, asked.Text);

        var accepted = await browser.SubmitAsync(asked, "main form");
        Said.In(RoutingTexts.AcceptedHere, accepted.Notice);
        Assert.Equal(RoutingTexts.Switching, accepted.Document.QuerySelector(".chip")!.TextContent);
        Assert.Contains("mx.example.org", accepted.Text, StringComparison.Ordinal);
        Said.In(RoutingTexts.HostBehind, accepted.Text);

        await ReportAsync(waiting: 2, strangers: 1, isClear: false);
        var waiting = await browser.GetAsync(Path);
        Said.In(RoutingTexts.HostWaiting_other, waiting.Text, 2);
        Said.In(RoutingTexts.UnknownRecipients_one, waiting.Text);

        await ReportAsync(waiting: 0, strangers: 0, isClear: true);
        Assert.Equal(RoutingTexts.Here, (await browser.GetAsync(Path)).Document.QuerySelector(".chip")!.TextContent);
    }

    [Fact]
    public async Task The_way_back_proposes_the_server_from_which_the_domain_came()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await RelayedAsync();
        await _panel.Get<DomainRoutingService>().ChangeAsync(domain.Id, new(domain.Version, null), Actor.Panel);

        var page = await browser.GetAsync(Path);
        Assert.Equal(Old, page.Document.QuerySelector("#nexthop")!.GetAttribute("value"));
        var asked = await browser.GetAsync($"{Path}/change?NextHop={Uri.EscapeDataString(Old)}");
        Said.In(RoutingTexts.AccountsOn, asked.Text);
        var accepted = await browser.SubmitAsync(asked, "main form");

        Said.In(RoutingTexts.AcceptedOn, accepted.Notice, null, Old);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old.example.net")]
    [InlineData("smtp:old.example.net")]
    [InlineData("smtp:[mx.example.org]")]
    [InlineData("smtp:[127.0.0.1]:25")]
    [InlineData("smtp:[old.example.net]:70000")]
    public async Task A_server_that_cannot_be_is_told_beside_the_field_which_keeps_what_was_typed(string hop)
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();

        var page = await browser.GetAsync($"{Path}/change?NextHop={Uri.EscapeDataString(hop)}");
        Assert.NotEmpty(page.ErrorAt("NextHop"));
        Assert.Equal(hop, page.Document.QuerySelector("#nexthop")!.GetAttribute("value") ?? "");

        if (hop.Length == 0) return;
        var made = await browser.SubmitAsync("/domains/new", ("Name", "voisin.example"), ("Prefix", "voisin"), ("NextHop", hop));
        Assert.NotEmpty(made.ErrorAt("NextHop"));
    }

    [Fact]
    public async Task Two_who_switch_at_once_do_not_overrule_each_other_unseen()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await RelayedAsync();
        var asked = await browser.GetAsync(Path + "/change");
        await _panel.Get<DomainRoutingService>()
            .ChangeAsync(domain.Id, new(domain.Version, NextHop.Parse("smtp:[other.example.net]")), Actor.Panel);

        var refused = await browser.SubmitAsync(asked, "main form");

        Assert.NotEmpty(refused.Problems);
        Assert.Contains("smtp:[other.example.net]", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_admin_sees_where_mail_goes_and_leaves_the_switch_to_the_hoster()
    {
        await _panel.SignedInAsync();
        await _panel.AddAdminAsync("marie", AdminRole.DomainAdmin, await RelayedAsync());
        var marie = await _panel.SignInAsync("marie");

        var page = await marie.GetAsync(Path);

        Assert.Contains(Old, page.Text, StringComparison.Ordinal);
        Said.In(RoutingTexts.AskHoster, page.Text);
        Assert.Null(page.Document.QuerySelector("main form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await marie.GetAsync(Path + "/change")).Status);
    }

    [Fact]
    public async Task The_superuser_goes_on_without_a_mail_server_that_never_answers_and_the_domain_is_switched()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await RelayedAsync();
        foreach (var host in (string[])["mx.example.org", "dead.example.org"])
            await _panel.Get<MapRepository>().SavePositionAsync(host, 1, null, default);
        await browser.SubmitAsync(Path + "/change");
        await ReportAsync(waiting: 0, strangers: 0, isClear: true);
        var waiting = await browser.GetAsync(Path);
        Assert.Equal(RoutingTexts.Switching, waiting.Document.QuerySelector(".chip")!.TextContent);

        var asked = await browser.GetAsync(
            Assert.Single(waiting.Document.QuerySelectorAll("main a[href^='/mail-hosts/']")).GetAttribute("href")!);
        Said.In(RoutingTexts.ForgetTitle, asked.Text, "dead.example.org");
        var done = await browser.SubmitAsync(asked, "main form");

        Said.In(RoutingTexts.HostForgotten, done.Notice, "dead.example.org");
        Assert.Equal(RoutingTexts.Here, done.Document.QuerySelector(".chip")!.TextContent);
        await _panel.AddAdminAsync("marie", AdminRole.DomainAdmin, domain);
        Assert.Empty((await (await _panel.SignInAsync("marie")).GetAsync(Path)).Document.QuerySelectorAll("main a[href^='/mail-hosts/']"));
    }

    private Task<MailDomain> RelayedAsync() => _panel.AddDomainAsync(with: d => d with { NextHop = NextHop.Parse(Old) });

    private async Task ReportAsync(int waiting, int strangers, bool isClear)
    {
        var switches = _panel.Get<DomainSwitchRepository>();
        var work = (await switches.ListAsync(default))[0];
        await switches.ReportAsync(
            new SwitchReport
            {
                DomainId = work.DomainId,
                Host = "mx.example.org",
                Sequence = work.Sequence,
                Waiting = waiting,
                UnknownRecipients = strangers,
                IsClear = isClear
            }, default);
    }
}
