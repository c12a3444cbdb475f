using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>What is left of an account that was deleted, and what comes back with it.</summary>
[Collection(OpenSessionCollection.Name)]
public sealed class DeletedAccountTests(OwnExample example) : OpenSessionTest(example)
{
    [Fact]
    public async Task A_deleted_account_comes_back_with_its_mail_its_folders_and_its_aliases()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "retour");
        await panel.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", "vers-retour"), ("Destinations", username));
        await CatchAll.SetAsync(Sandbox, "exemple.be", "exemple0002");
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(Sandbox, "vers-retour@exemple.be", "avant"));
        var user = new MailUser(Sandbox, username, OwnExample.Password);
        await Eventually.HoldsAsync(async () => Assert.Equal(["avant"], await user.SubjectsAsync()));
        await user.CreateFolderAsync("Archives");

        await panel.SubmitAsync(path + "/delete", "#delete");
        // The mail is refused at every address that leads to the account, and the catch-all account gets none of it.
        foreach (var address in (string[])["retour@exemple.be", "vers-retour@exemple.be"])
            await Eventually.HoldsAsync(
                async () =>
                Assert.StartsWith("550 5.2.1", await MailUser.RecipientAnswerAsync(Sandbox, address), StringComparison.Ordinal));
        await panel.SubmitAsync("/domains/exemple.be/accounts/deleted", $"form:has([aria-label$='{username}'])");

        await Eventually.HoldsAsync(async () => Assert.Equal(["avant"], await user.SubjectsAsync()));
        Assert.Contains("Archives", await user.FoldersAsync());
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(Sandbox, "vers-retour@exemple.be", "après"));
        await Eventually.HoldsAsync(async () => Assert.Equal(["avant", "après"], await user.SubjectsAsync()));
    }

    [Fact]
    public async Task A_hidden_account_that_is_deleted_before_its_time_leaves_no_mailbox_and_its_username_to_nobody()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "fini");
        await panel.SubmitAsync(path + "/delete", "#delete");
        Assert.Equal(1, await Mailboxes.CountAsync(Sandbox, Sandbox.Description.CyrusAdmin, username));
        var list = await panel.GetAsync("/domains/exemple.be/accounts/deleted");
        var link = list.Document.QuerySelectorAll("main li a.bad").Single(a => a.TextContent.Contains(username, StringComparison.Ordinal))
            .GetAttribute("href")!;

        await panel.SubmitAsync(link);

        await Eventually.HoldsAsync(
            async () => Assert.Equal(0, await Mailboxes.CountAsync(Sandbox, Sandbox.Description.CyrusAdmin, username)));
        Assert.NotEqual(username, (await panel.CreateAccountAsync("exemple.be", "suivant", OwnExample.Password)).Username);
    }
}
