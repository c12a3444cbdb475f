using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>
/// Users type their address as the username (docs/decisions/0034). Sending accepts it, reading does not, and the panel says so.
/// </summary>
public sealed class AddressSignInTests(OwnExample example) : IClassFixture<OwnExample>
{
    [Fact]
    public async Task Reading_with_the_address_is_refused_and_told_on_the_accounts_page_until_the_username_is_used()
    {
        var sandbox = example.Sandbox;
        using var panel = await PanelClient.SignInAsync(sandbox);
        var page = await panel.CreateAccountAsync("exemple.be", "adresse", OwnExample.Password);
        var user = new MailUser(sandbox, page.Username, OwnExample.Password);
        await Eventually.HoldsAsync(() => user.SubjectsAsync());
        Assert.Contains(
            "signs in with this username, not with the e-mail address", (await panel.GetAsync(page.Path + "/client-settings")).Text,
            StringComparison.Ordinal);
        var byAddress = new MailUser(sandbox, "adresse@exemple.be", OwnExample.Password);

        await byAddress.SendAsync("adresse@exemple.be", "friend@example.org", "by address");
        await Assert.ThrowsAsync<AuthenticationException>(() => byAddress.SubjectsAsync());

        await Eventually.HoldsAsync(async () =>
        {
            var tried = (await panel.GetAsync(page.Path)).Document.QuerySelector("#tried")?.TextContent;
            Assert.NotNull(tried);
            Assert.Contains("IMAP with the address adresse@exemple.be", tried, StringComparison.Ordinal);
            Assert.Contains(page.Username, tried, StringComparison.Ordinal);
        });
        await user.SubjectsAsync();
        await Eventually.HoldsAsync(async () => Assert.Null((await panel.GetAsync(page.Path)).Document.QuerySelector("#tried")));
    }
}
