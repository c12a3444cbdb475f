using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.CatchAlls;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.CatchAlls;

public sealed class CatchAllsTests : IDisposable
{
    private const string First = "/domains/exemple.be/accounts/exemple0001/catch-all";
    private const string Second = "/domains/exemple.be/accounts/exemple0002/catch-all";
    private readonly PanelApplication _panel = new();
    private MailDomain _domain = null!;

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task It_is_set_seen_on_domain_and_account_and_removed()
    {
        var browser = await StartAsync();
        Said.In(CatchAllTexts.SpamWarning, (await browser.GetAsync(First)).Text);

        var set = await browser.SubmitAsync(First);
        Said.In(CatchAllTexts.WasSet, set.Notice);
        Assert.Contains("exemple0001", set.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            (await browser.GetAsync("/domains/exemple.be/accounts/exemple0001")).Document.QuerySelectorAll("main .chip.wait"), c =>
            c.TextContent == AccountTexts.RemarkCatchAll);

        var removed = await browser.SubmitAsync(First);

        Said.In(CatchAllTexts.WasRemoved, removed.Notice);
        Said.In(CatchAllTexts.Nobody, removed.Text);
    }

    [Fact]
    public async Task Moving_it_names_the_present_holder_and_a_stale_page_moves_nothing()
    {
        var browser = await StartAsync();
        var stale = await browser.GetAsync(Second);
        await browser.SubmitAsync(First);

        var refused = await browser.SubmitAsync(stale, "main form");
        Assert.Contains("entre-temps", refused.Problems, StringComparison.Ordinal);
        Assert.Contains("gugus.dupont@exemple.be (exemple0001)", refused.Text, StringComparison.Ordinal);
        var moved = await browser.SubmitAsync(refused, "main form");

        Assert.Contains("exemple0002", moved.Document.QuerySelector("main section")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_hoster_forbids_it_nobody_is_offered_it()
    {
        var browser = await StartAsync();
        await ChangeAsync(d => d.AllowsCatchAll = false);

        var page = await browser.GetAsync(First);

        Said.In(CatchAllTexts.Forbidden, page.Text);
        Assert.Null(page.Document.QuerySelector("main form"));
    }

    [Fact]
    public async Task A_suspended_account_is_told_why_it_cannot_have_it_and_support_is_offered_nothing()
    {
        var browser = await StartAsync();
        await _panel.AddAdminAsync("aide", AdminRole.Support, _domain);
        var support = await _panel.SignInAsync("aide");
        Assert.Null((await support.GetAsync(First)).Document.QuerySelector("main form button"));
        await _panel.Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
            (await write.Context.Accounts.SingleAsync(a => a.Username == Username.Parse("exemple0001"))).State = AccountState.Suspended);

        var page = await browser.GetAsync(First);

        Said.In(CatchAllTexts.TakesNone, page.Text);
        Assert.Null(page.Document.QuerySelector("main form button"));
    }

    private Task ChangeAsync(Action<MailDomain> change) =>
        _panel.Get<MailDatabase>()
            .WriteAsync(Actor.Panel, async write => change(await write.Context.Domains.SingleAsync(d => d.Id == _domain.Id)));

    private async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        _domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(_domain, "gugus.dupont");
        await _panel.AddAccountAsync(_domain, "second");
        return browser;
    }
}
