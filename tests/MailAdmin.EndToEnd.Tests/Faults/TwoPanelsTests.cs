using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>Two nodes that share one database and one Cyrus.</summary>
public sealed class TwoPanelsTests(OwnExampleWithLoginService own) : IClassFixture<OwnExampleWithLoginService>
{
    private const int Accounts = 40;

    private MailSandbox Sandbox => own.Sandbox;

    [Fact]
    public async Task A_second_panel_does_what_the_first_left_when_it_stopped()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await Sandbox.Cyrus.StopAsync();
        var username = (await panel.CreateAccountAsync("exemple.be", "legs", OwnExample.Password)).Username;
        await using var second = await SecondPanel.StartAsync(Sandbox);
        await Sandbox.Panel.StopAsync();
        try
        {
            await Sandbox.Cyrus.StartAsync();
            await Eventually.HoldsAsync(
                async () =>
                Assert.Equal(1, await Mailboxes.CountAsync(Sandbox, Sandbox.Description.CyrusAdmin, username)), TimeSpan.FromSeconds(60));
        }
        finally
        {
            await Sandbox.Panel.StartAsync();
        }
        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "legs@exemple.be")), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Two_panels_on_one_queue_make_each_mailbox_once_though_one_is_killed_in_the_middle()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var made = await panel.SubmitAsync(
            "/domains/new", ("Name", "deux.example"), ("Prefix", "deux"), ("MaxAccounts", "50"), ("DefaultQuota", "1000"));
        Assert.True(made.Path == "/domains/deux.example/accounts", made.Text);
        await using var second = await SecondPanel.StartAsync(Sandbox);

        var pages = await Task.WhenAll(Enumerable.Range(1, Accounts).Select(async n =>
        {
            var page = await panel.CreateAccountAsync("deux.example", $"u{n}", OwnExample.Password);
            if (n == Accounts / 2) await second.KillAsync();
            return page;
        }));

        Assert.All(pages, p => Assert.StartsWith("deux00", p.Username));
        // The jobs that the killed panel had claimed are due again when their lease is over.
        var patience = TimeSpan.FromSeconds(100);
        await Eventually.HoldsAsync(
            async () => Assert.Equal(Accounts, await Mailboxes.CountAsync(Sandbox, Sandbox.Description.CyrusAdmin, "deux")), patience);
        foreach (var n in Enumerable.Range(1, Accounts))
            await Eventually.HoldsAsync(
                async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, $"u{n}@deux.example")), patience);
        var list = await panel.GetAsync("/domains/deux.example/accounts?size=100");
        Assert.DoesNotContain("Pending", list.Text);
        Assert.DoesNotContain("Failed", list.Text);
    }
}
