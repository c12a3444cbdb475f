using MailAdmin.Core.Accounts;
using MailAdmin.EndToEnd.Tests.Drift;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>What the pages say about scripts and rights that users set with their own programs, read from the real Cyrus.</summary>
public sealed class OwnFiltersTests(DriftHost host) : IClassFixture<DriftHost>
{
    [Fact]
    public async Task A_forward_that_outlives_a_new_password_is_named_and_set_aside()
    {
        var (account, path) = await AddAsync("oublie");
        using var panel = await PanelClient.SignInAsync(host.Sandbox);
        await SaysAsync(panel, path, "No filters.");
        await host.WriteScriptAsync(account, "redirect \"loin@example.org\";");
        await SaysAsync(panel, path, "Forward mail outside, to loin@example.org, without keeping a copy.");
        await SaysAsync(panel, "/trace?address=oublie@exemple.be", "Forward mail outside, to loin@example.org, without keeping a copy.");
        Assert.Contains(
            $"Filters of {account.Username}\n  Forward mail outside, to loin@example.org, without keeping a copy.",
            (await host.CommandAsync("trace", "oublie@exemple.be")).Output, StringComparison.Ordinal);

        var sheet = await panel.SubmitAsync(path + "/password", ("Generate", "true"));
        Assert.Contains("still forward mail to loin@example.org", sheet.Text, StringComparison.Ordinal);
        await panel.SubmitAsync(sheet, "form[action$='/filters/set-aside']");

        await SaysAsync(panel, path, "No filters.");
        Assert.Equal("perso", await host.ScriptsOfAsync(account));
    }

    [Fact]
    public async Task Who_else_may_read_is_told_before_a_suspension_and_strangers_can_be_shut_out()
    {
        var (account, path) = await AddAsync("ouvert");
        using var panel = await PanelClient.SignInAsync(host.Sandbox);
        await SaysAsync(panel, path, "Nobody else has rights to this mailbox.");
        await host.ImapAsAsync(
            account.Username.Value, OwnExample.Password, "SETACL INBOX voisin0001 lrs", "CREATE Projets", "DELETEACL Projets voisin0001",
            "SETACL Projets exemple0001 lrsi");
        await SaysAsync(panel, path, "voisin0001: a user of another domain");
        await SaysAsync(panel, path + "/state", "voisin0001: a user of another domain");

        await panel.SubmitAsync(path, "form[action$='/sharing/delete']");

        await SaysAsync(panel, path, "Projets (read, add mail)");
        Assert.DoesNotContain("voisin0001", (await panel.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.StartsWith("NO", Assert.Single(await host.ImapAsAsync(
            "voisin0001", host.Sandbox.Description.Accounts.Single(a => a.Username == "voisin0001").Password,
            $"SELECT \"Other Users/{account.Username}\"")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Cyrus_is_away_the_page_says_so_and_all_else_on_it_is_right()
    {
        var (account, path) = await AddAsync("patient");
        using var panel = await PanelClient.SignInAsync(host.Sandbox);
        await host.Sandbox.Cyrus.StopAsync();
        try
        {
            var page = await panel.GetAsync(path);

            Assert.Equal(200, page.Status);
            Assert.Contains("The filters can’t be read right now", page.Text, StringComparison.Ordinal);
            Assert.Contains("The rights can’t be read right now", page.Text, StringComparison.Ordinal);
            Assert.Contains(account.Username.Value, page.Text, StringComparison.Ordinal);
        }
        finally
        {
            await host.Sandbox.Cyrus.StartAsync();
        }
    }

    // The page waits only half a second for the server, so on a busy machine it may have to be loaded again.
    private static Task SaysAsync(PanelClient panel, string path, string words) =>
        Eventually.HoldsAsync(async () => Assert.Contains(words, (await panel.GetAsync(path)).Text, StringComparison.Ordinal));

    private async Task<(Account Account, string Path)> AddAsync(string localPart)
    {
        var account = await host.AddAccountAsync(localPart);
        return (account, $"/domains/exemple.be/accounts/{account.Username}");
    }
}
