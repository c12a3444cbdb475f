using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>A mail host whose main.cf keeps messages that do not fit, as on older hosts.</summary>
public sealed class KeepingExample : OwnExample
{
    protected override string PostfixSettings => "lmtp_delivery_status_filter =";
}

public sealed class WaitingMailTests(KeepingExample example) : IClassFixture<KeepingExample>
{
    // The panel reads the queue once a minute.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    [Fact]
    public async Task A_message_that_is_larger_than_what_is_free_is_seen_on_the_accounts_page_until_it_has_gone()
    {
        var sandbox = example.Sandbox;
        using var panel = await PanelClient.SignInAsync(sandbox);
        var page = await panel.CreateAccountAsync("exemple.be", "petite", OwnExample.Password);
        await panel.SubmitAsync(page.Path + "/quota", ("Quota", "50"));
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(sandbox, "petite@exemple.be", "too large", size: 90_000));

        await Eventually.HoldsAsync(
            async () =>
            {
                var waiting = (await panel.GetAsync(page.Path)).Document.QuerySelector("#waiting")?.TextContent;
                Assert.NotNull(waiting);
                Assert.Contains("somebody@example.net", waiting);
                Assert.Contains("larger than the space left", waiting);
            },
            Timeout);

        Assert.Contains(page.Username, (await panel.GetAsync("/provisioning")).Document.QuerySelector("#no-room")!.TextContent);
        await panel.SubmitAsync(page.Path + "/quota", ("Quota", "25000"));
        await Eventually.HoldsAsync(async () =>
        {
            await sandbox.Postfix.FlushAsync();
            Assert.Equal(["too large"], await new MailUser(sandbox, page.Username, OwnExample.Password).SubjectsAsync());
        });
        await Eventually.HoldsAsync(
            async () => Assert.Null((await panel.GetAsync(page.Path)).Document.QuerySelector("#waiting")), Timeout);
    }
}
