using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.CatchAlls;
using MailAdmin.Web.Features.Redirects;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Features.Vacations;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>Looking after accounts: quota, vacation, redirect, catch-all (manual, chapter 3).</summary>
[Chapter(5)]
[Trait("Lane", "browser")]
public sealed class MailboxesChapter(Readers readers) : Chapter(readers)
{
    [Theory, Figure("accounts")]
    public Task The_list_has_every_action_beside_each_account(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains/exemple.be/accounts");
        await panel.SeesAsync(AccountTexts.FormatTotal(3));
        await panel.UnfoldAsync(AccountTexts.FormatActionsFor("gugus.dupont@exemple.be"));
        foreach (
            var action in (
                string[])[AccountTexts.Edit, AccountTexts.ChangePassword, SharedTexts.Redirect, SharedTexts.CatchAll, AccountTexts.SetQuota,
                AccountTexts.Delete])
            await Assertions.Expect(panel.Page.Locator("details[open] .items")).ToContainTextAsync(action);
        await reader.PictureAsync();
    });

    [Theory, Figure("quota")]
    public Task A_quota_goes_up_to_what_the_domain_allows(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.FollowAsync(AccountTexts.SetQuota);
        await panel.FillAsync(AccountTexts.NewQuota, reader.Says("90 Mo", "90 MB"));
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(SharedTexts.LookBelow);
        await reader.PictureAsync();
        await panel.FillAsync(AccountTexts.NewQuota, reader.Says("40 Mo", "40 MB"));
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync("gugus.dupont@exemple.be");
        await panel.SeesAsync(reader.Says("40 960", "40,960"));
    });

    [Theory, Figure("quota-full")]
    public Task A_full_mailbox_makes_senders_wait_until_it_is_emptied(string language) => TellAsync(language, async reader =>
    {
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(reader.Sandbox, "pascal@exemple.be", "long", size: 60_000));
        await Eventually.HoldsAsync(async () => Assert.Contains("long", await reader.Owner("exemple0002").SubjectsAsync()));
        await SetQuotaAsync(reader, "exemple0002", "50");
        await reader.HearsAsync("pascal@exemple.be", "452 4.2.2");
        await reader.OpenAsync("/domains/exemple.be/accounts");
        await reader.PictureAsync();
        await EmptyAsync(reader, "exemple0002");
        await reader.HearsAsync("pascal@exemple.be", "250");
        await SetQuotaAsync(reader, "exemple0002", "25000");
    });

    [Theory, Figure("vacation")]
    public Task Who_writes_to_somebody_on_leave_gets_his_message_once(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains/exemple.be/accounts/exemple0001");
        await panel.FollowAsync(VacationTexts.Heading);
        await panel.ChooseAsync(VacationTexts.Heading, VacationTexts.Set);
        var subject = reader.Says("Absent jusqu’au 31 août", "Away until 31 August");
        await panel.FillAsync(VacationTexts.Subject, subject);
        await panel.FillAsync(VacationTexts.Text, reader.Says(
            "Bonjour,\n\nje suis en congé jusqu’au 31 août. Pour toute urgence, écrivez à pascal@exemple.be.\n\nGugus Dupont",
            "Hello,\n\nI am on leave until 31 August. If it is urgent, write to pascal@exemple.be.\n\nGugus Dupont"));
        await panel.FillAsync(VacationTexts.Until, $"{TimeProvider.System.GetUtcNow().Year + 1}-08-31");
        await panel.PressAsync(VacationTexts.Preview);
        await panel.SeesAsync(VacationTexts.Sender);
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(VacationTexts.SavedOn);
        await Eventually.HoldsAsync(async () =>
        {
            await reader.OpenAsync("/domains/exemple.be/accounts/exemple0001/vacation");
            Assert.Contains(VacationTexts.Answering, await panel.ReadAsync());
        });
        await reader.PictureAsync();
        await reader.ReceivesAsync("gugus.dupont@exemple.be", "exemple0001");
        await Eventually.HoldsAsync(() => Assert.Single(reader.Sandbox.Outside.Messages(), m => m.Message.Subject == subject));
    });

    [Theory, Figure("redirect")]
    public Task A_redirect_keeps_a_copy_if_it_is_told_to(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains/exemple.be/accounts/exemple0001");
        await panel.FollowAsync(SharedTexts.Redirect);
        await panel.FillAsync(RedirectTexts.Destinations, "gugus@example.org\nexemple0002");
        await panel.TickAsync(RedirectTexts.KeepsCopy);
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(RedirectTexts.CopyKept);
        await reader.PictureAsync();
        await reader.ReceivesAsync("gugus.dupont@exemple.be", "exemple0001", "exemple0002");
        await reader.PassesOnAsync("gugus.dupont@exemple.be", "gugus@example.org");
        await panel.PressAsync(RedirectTexts.Remove);
        await panel.SeesAsync(RedirectTexts.FormatRemoved("gugus.dupont@exemple.be"));
    });

    [Theory, Figure("catch-all")]
    public Task One_account_gets_what_has_no_address_until_that_is_ended(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.HearsAsync("inconnu@exemple.be", "550 5.1.1");
        await reader.OpenAsync("/domains/exemple.be/accounts/exemple0002");
        await panel.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = SharedTexts.CatchAll }).ClickAsync();
        await panel.SeesAsync(CatchAllTexts.SpamWarning);
        await reader.PictureAsync();
        await panel.PressAsync(CatchAllTexts.Set);
        await panel.SeesAsync(CatchAllTexts.FormatWasSet("pascal@exemple.be", "exemple.be"));
        await reader.ReceivesAsync("inconnu@exemple.be", "exemple0002");
        await reader.OpenAsync("/domains/exemple.be/accounts/exemple0002/catch-all");
        await panel.PressAsync(CatchAllTexts.Remove);
        await panel.SeesAsync(CatchAllTexts.FormatWasRemoved("exemple.be"));
        await reader.HearsAsync("inconnu@exemple.be", "550 5.1.1");
    });

    private static async Task SetQuotaAsync(Reader reader, string username, string quota)
    {
        await reader.OpenAsync($"/domains/exemple.be/accounts/{username}/quota");
        await reader.Panel.FillAsync(AccountTexts.NewQuota, quota);
        await reader.Panel.PressAsync(SharedTexts.Send);
        await reader.Panel.SeesAsync(AccountTexts.Access);
    }

    // Empties the mailbox as its owner does in a mail program.
    private static async Task EmptyAsync(Reader reader, string username)
    {
        using var imap = new ImapClient();
        await imap.ConnectAsync("127.0.0.1", reader.Sandbox.Ports.Imap, SecureSocketOptions.None);
        await imap.AuthenticateAsync(username, Reader.Password);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadWrite);
        await imap.Inbox.AddFlagsAsync(Enumerable.Range(0, imap.Inbox.Count).ToList(), MessageFlags.Deleted, silent: true);
        await imap.Inbox.ExpungeAsync();
        await imap.DisconnectAsync(quit: true);
    }
}
