using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Passwords;
using MailAdmin.Web.Features.Shared;
using MailKit.Security;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>Accounts are created and handed over (manual, chapter 1, fig. 2 to 4, and 3.2).</summary>
[Chapter(3)]
[Trait("Lane", "browser")]
public sealed class AccountsChapter(Readers readers) : Chapter(readers)
{
    [Theory, Figure("accounts-none")]
    public Task A_new_domain_has_no_account(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains");
        await panel.Page.Locator("tr", new() { HasText = "exemple.be" }).GetByText(SharedTexts.Accounts).First.ClickAsync();
        await panel.SeesAsync(AccountTexts.None);
        await reader.PictureAsync();
        await panel.FollowAsync(AccountTexts.Add);
        await panel.SeesAsync("exemple0001");
    });

    [Theory, Figure("account-refused")]
    public Task A_password_that_is_easily_guessed_is_refused_and_nothing_is_made(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.FillAsync(AccountTexts.Address, "gugus.dupont");
        await panel.FillAsync(SharedTexts.Password, "dupont2026");
        await panel.FillAsync(SharedTexts.Confirmation, "dupont2026");
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(ProblemTexts.PasswordOwnName);
        await reader.PictureAsync();
        await reader.HearsAsync("gugus.dupont@exemple.be", "550 5.1.1");
    });

    [Theory, Figure("account-new")]
    public Task The_first_account_is_made_and_gets_mail(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains/exemple.be/accounts/new");
        await FillAsync(panel, "gugus.dupont");
        await reader.PictureAsync();
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(AccountTexts.FormatCreated("gugus.dupont@exemple.be", "exemple0001"));
        await reader.ReceivesAsync("gugus.dupont@exemple.be", "exemple0001");
    });

    [Theory, Figure("account")]
    public Task The_accounts_page_says_that_its_mailbox_is_in_place(string language) => TellAsync(language, async reader =>
    {
        await Eventually.HoldsAsync(async () =>
        {
            await reader.OpenAsync("/domains/exemple.be/accounts/exemple0001");
            Assert.Contains(SharedTexts.InPlace, await reader.Panel.ReadAsync());
        });
        await reader.PictureAsync();
    });

    [Theory, Figure("account-sheet")]
    public Task A_password_is_generated_and_shown_once_on_the_sheet_to_hand_over(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains/exemple.be/accounts/new");
        await FillAsync(panel, "pascal");
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(AccountTexts.FormatCreated("pascal@exemple.be", "exemple0002"));

        await reader.OpenAsync("/domains/exemple.be/accounts/new");
        await panel.FillAsync(AccountTexts.Address, "lea.martin");
        await panel.TickAsync(SharedTexts.GenerateInstead);
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(AccountTexts.ShownOnce);
        var password = await panel.Page.Locator("code.secret").InnerTextAsync();
        await reader.PictureAsync(password, "k4tq-mv7w-9xhd-b2rz");
        await IsAPlainSheetOnPaperAsync(panel.Page);
        await Eventually.HoldsAsync(async () => Assert.Empty(await reader.Owner("exemple0003", password).SubjectsAsync(tls: true)));
        await panel.Page.ReloadAsync();
        await panel.SeesAsync(AccountTexts.PasswordGiven);
    });

    // Only the sheet is printed: no bar, no column, no button.
    private static async Task IsAPlainSheetOnPaperAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator("code.secret")).ToBeVisibleAsync();
        foreach (var other in (string[])[".top", ".side", "main button"])
            await Assertions.Expect(page.Locator(other).First).ToBeHiddenAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
    }

    [Theory, Figure("client-settings")]
    public Task The_settings_of_the_mail_program_are_there_at_any_time(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains/exemple.be/accounts/exemple0001");
        await panel.FollowAsync(AccountTexts.Sheet);
        foreach (
            var setting in (
                string[])["exemple0001", "imap.exemple.be", "993", "pop.exemple.be", "995", "smtp.exemple.be", "465",
                "https://webmail.example.org"])
            await panel.SeesAsync(setting);
        await reader.PictureAsync();
        var gugus = reader.Owner("exemple0001");
        Assert.NotEmpty(await gugus.SubjectsAsync(tls: true));
        Assert.NotEmpty(await gugus.SubjectsByPop3Async());
        await gugus.SendAsync("gugus.dupont@exemple.be", "ami@example.org", "de ma part");
        await Eventually.HoldsAsync(() => Assert.Contains(reader.Sandbox.Outside.Messages(), m => m.Message.Subject == "de ma part"));
    });

    [Theory, Figure("addresses")]
    public Task An_account_has_several_addresses(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains/exemple.be/accounts/exemple0002");
        await panel.FollowAsync(AccountTexts.EditAddresses);
        await panel.FillAsync(AccountTexts.Address, "pascal.lambert");
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(AccountTexts.FormatAddressAdded("pascal.lambert@exemple.be"));
        await reader.PictureAsync();
        await reader.ReceivesAsync("pascal.lambert@exemple.be", "exemple0002");
    });

    [Theory, Figure("password")]
    public Task After_a_new_password_the_old_one_opens_nothing(string language) => TellAsync(language, async reader =>
    {
        const string lost = "Acht4Paarden?";
        await ChangeAsync(reader, lost);
        await reader.Owner("exemple0002", lost).SubjectsAsync();
        await ChangeAsync(reader, Reader.Password, reader.PictureAsync);
        await Assert.ThrowsAsync<AuthenticationException>(() => reader.Owner("exemple0002", lost).SubjectsAsync());
        await reader.Owner("exemple0002").SubjectsAsync();
    });

    private static async Task ChangeAsync(Reader reader, string password, Func<Task>? beforeSending = null)
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains/exemple.be/accounts/exemple0002");
        await panel.FollowAsync(AccountTexts.ChangePassword);
        await panel.FillAsync(SharedTexts.Password, password);
        await panel.FillAsync(SharedTexts.Confirmation, password);
        if (beforeSending is not null) await beforeSending();
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(PasswordTexts.FormatChanged("pascal@exemple.be"));
    }

    private static async Task FillAsync(PanelBrowser panel, string address)
    {
        await panel.FillAsync(AccountTexts.Address, address);
        await panel.FillAsync(SharedTexts.Password, Reader.Password);
        await panel.FillAsync(SharedTexts.Confirmation, Reader.Password);
    }
}
