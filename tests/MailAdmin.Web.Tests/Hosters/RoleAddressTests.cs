using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Web.Features.Security;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Hosters;

/// <summary>The page says where postmaster@ and abuse@ go for domains that have none, and also when the mail does not go there.</summary>
public sealed class RoleAddressTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task An_address_that_takes_no_mail_is_told_with_who_gets_it_meanwhile()
    {
        var browser = await _panel.SignedInAsync();
        Said.In(SecurityTexts.RoleAddressMissing, (await WarningAsync(browser))!);
        var account = await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "hotline");

        await SetAsync(browser, "hotline@exemple.be");
        Assert.Null(await WarningAsync(browser));

        await ChangeAsync(account, AccountState.Suspended);
        Assert.Equal(SecurityTexts.FormatRoleAddressNobody("hotline@exemple.be"), await WarningAsync(browser));

        await browser.SubmitAsync("/hoster", ("Name", "All2all"), ("SupportAddress", "support@example.org"));
        Assert.Equal(SecurityTexts.FormatRoleAddressIdle("hotline@exemple.be", "support@example.org"), await WarningAsync(browser));

        await ChangeAsync(account, AccountState.Active);
        Assert.Null(await WarningAsync(browser));
        await SetAsync(browser, "");
        Assert.Null(await WarningAsync(browser));
    }

    private static async Task SetAsync(Browser browser, string address) =>
        await browser.SubmitAsync(await browser.GetAsync("/security"), "form[action='/security/role-address']", ("RoleAddress", address));

    private static async Task<string?> WarningAsync(Browser browser) =>
        (await browser.GetAsync("/security")).Document.QuerySelector(
            "form[action='/security/role-address'] .note.wait")?.TextContent.Trim();

    private Task ChangeAsync(Account account, AccountState state) =>
        _panel.Get<MailDatabase>()
            .WriteAsync(Actor.Panel, async write => (await write.Context.Accounts.FindAsync(account.Id))!.State = state);
}
