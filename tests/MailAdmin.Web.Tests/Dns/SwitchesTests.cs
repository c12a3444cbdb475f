using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Testing.Dns;
using MailAdmin.Web.Features.Dns;
using MailAdmin.Web.Features.Routings;
using MailAdmin.Web.Features.Switches;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Dns;

/// <summary>The switch step by step; the switch itself is tested by RoutingsTests.</summary>
public sealed class SwitchesTests : IDisposable
{
    private const string Path = "/domains/exemple.be/switch";
    private const string Old = "smtp:[old.example.net]:25";

    private readonly ZoneTable _zones = new ZoneTable().Add("mx.example.org A 192.0.2.10", "exemple.be MX 10 old.example.net");
    private readonly PanelApplication _panel;

    public SwitchesTests() => _panel = new() { Zones = _zones };

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task Before_the_switch_the_page_says_what_is_missing_and_where_mail_still_arrives()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await RelayedAsync();
        var account = await _panel.AddAccountAsync(domain, "gugus.dupont");
        await _panel.AddAccountAsync(domain, "pascal");
        await _panel.Get<MailDatabase>().ExecuteWithoutAuditAsync(context =>
        {
            context.Jobs.Single(j => j.Kind == JobKind.Mailbox && j.SubjectId == account.Id).Refused = true;
            return Task.FromResult(true);
        });

        var page = await browser.GetAsync(Path);

        Said.In(SwitchTexts.AccountsPending, page.Text, 2, 2);
        Said.In(SwitchTexts.AccountsRefused, page.Text, 1);
        Said.In(DnsTexts.MxFormer, page.Text, "old.example.net");
        Said.In(SwitchTexts.PreviousNow, page.Text, Old);
        Said.In(SwitchTexts.ArrivesThere, page.Text, "old.example.net");
        Said.In(DnsTexts.IfChangedNow, page.Text);
    }

    [Fact]
    public async Task The_switch_goes_by_the_page_that_explains_it_and_the_way_back_too()
    {
        var browser = await _panel.SignedInAsync();
        await RelayedAsync();
        var page = await browser.GetAsync(Path);

        var asked = await browser.GetAsync(page.Document.QuerySelector("main a.btn.main")!.GetAttribute("href")!);
        await browser.SubmitAsync(asked, "main form");
        var switching = await browser.GetAsync(Path);
        Assert.NotNull(switching.Document.QuerySelector("main a.btn[href$='/routing']"));
        Said.In(RoutingTexts.Switching, switching.Text);

        await _panel.Get<MailDatabase>().WriteAsync(Actor.Panel, w =>
        {
            w.Context.DomainSwitches.RemoveRange(w.Context.DomainSwitches);
            return Task.CompletedTask;
        });
        _zones.Clear();
        _zones.Add("mx.example.org A 192.0.2.10", "exemple.be MX 10 mx.example.org");
        var done = await browser.GetAsync(Path);
        Said.In(SwitchTexts.SwitchedMeans, done.Text, Old);
        Said.In(SwitchTexts.PreviousThen, done.Text, Old);
        var back = await browser.GetAsync(
            done.Document.QuerySelectorAll("main a.btn").Single(a => a.TextContent == SwitchTexts.Back).GetAttribute("href")!);
        Said.In(RoutingTexts.OnMeans, back.Text, null, Old);
    }

    [Fact]
    public async Task A_domain_admin_sees_the_state_and_has_no_button()
    {
        await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, await RelayedAsync());
        var browser = await _panel.SignInAsync("luc");

        var page = await browser.GetAsync(Path);

        Said.In(RoutingTexts.AskHoster, page.Text);
        Assert.DoesNotContain(
            page.Document.QuerySelectorAll("main a"), a => a.GetAttribute("href")!.Contains("/change", StringComparison.Ordinal));
    }

    private Task<MailDomain> RelayedAsync() => _panel.AddDomainAsync(with: d => d with { NextHop = NextHop.Parse(Old) });
}
