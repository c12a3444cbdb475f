using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Accounts;

public sealed class FullMailboxTests(OwnExample example) : IClassFixture<OwnExample>
{
    // Manual, 3.1: "temporary failure : user overquota". C070: a limit below the used space is accepted, with a warning.
    [Fact]
    public async Task Senders_to_a_full_mailbox_are_told_to_try_again_until_it_has_room()
    {
        var sandbox = example.Sandbox;
        using var panel = await PanelClient.SignInAsync(sandbox);
        var page = await panel.CreateAccountAsync("exemple.be", "plein", OwnExample.Password);
        var user = new MailUser(sandbox, page.Username, OwnExample.Password);
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(sandbox, "plein@exemple.be", "long", size: 60_000));
        await Eventually.HoldsAsync(async () => Assert.Equal(["long"], await user.SubjectsAsync()));

        var lowered = await panel.SubmitAsync(page.Path + "/quota", ("Quota", "50"));

        Assert.Contains("but", lowered.Document.QuerySelector("main > .note.wait")!.TextContent, StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("452 4.2.2", await MailUser.RecipientAnswerAsync(sandbox, "plein@exemple.be"), StringComparison.Ordinal));
        await panel.SubmitAsync(page.Path + "/quota", ("Quota", "25000"));
        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(sandbox, "plein@exemple.be"), StringComparison.Ordinal));
    }
}
