using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Passwords;
using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Features.Sending;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Settings;
using MailAdmin.Web.Features.Shared;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>Support helps, a domain is deleted, the session ends (manual, chapter 8).</summary>
[Chapter(9)]
[Trait("Lane", "browser")]
public sealed class EndingChapter(Readers readers) : Chapter(readers)
{
    [Theory, Figure("support-password")]
    public Task Support_gives_a_new_password_and_says_why(string language) => TellAsync(language, async reader =>
    {
        const string given = "Acht4Paarden?";
        var panel = reader.Panel;
        await reader.SignInAsync(Reader.Support);
        await reader.OpenAsync("/domains/exemple.be/accounts/exemple0002/password");
        await panel.FillAsync(SharedTexts.Password, given);
        await panel.FillAsync(SharedTexts.Confirmation, given);
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(ProblemTexts.ResetReasonMissing);
        await reader.OpenAsync("/domains/exemple.be/accounts/exemple0002/password");
        await panel.FillAsync(SharedTexts.Password, given);
        await panel.FillAsync(SharedTexts.Confirmation, given);
        await panel.FillAsync(
            PasswordTexts.Reason,
            reader.Says("Appel de Pascal Lambert, rappelé au bureau", "Pascal Lambert telephoned; called back at his office"));
        await reader.PictureAsync();
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(PasswordTexts.FormatChanged("pascal@exemple.be"));
        await reader.Owner("exemple0002", given).SubjectsAsync();
        await Assert.ThrowsAsync<AuthenticationException>(() => reader.Owner("exemple0002").SubjectsAsync());
    });

    [Theory, Figure("domain-delete")]
    public Task A_domain_is_deleted_by_typing_its_name(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.SignInAsync(Reader.Superuser);
        await reader.OpenAsync("/domains/asbl.example/accounts/new");
        await panel.FillAsync(AccountTexts.Address, "info");
        await panel.FillAsync(SharedTexts.Password, Reader.Password);
        await panel.FillAsync(SharedTexts.Confirmation, Reader.Password);
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(AccountTexts.FormatCreated("info@asbl.example", "asbl0001"));
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(reader.Sandbox, "info@asbl.example", "long", size: 60_000));
        await Eventually.HoldsAsync(async () => Assert.Contains("long", await reader.Owner("asbl0001").SubjectsAsync()));
        await reader.OpenAsync("/domains/asbl.example/delete");
        await panel.SeesAsync(DomainTexts.LargestMailboxes);
        await reader.PictureAsync();
        await panel.FillAsync(DomainTexts.FormatTypeName("asbl.example"), "exemple.be");
        await panel.PressAsync(DomainTexts.DeleteForGood);
        await panel.SeesAsync(ProblemTexts.FormatDomainConfirmationDiffers("asbl.example"));
        await panel.FillAsync(DomainTexts.FormatTypeName("asbl.example"), "asbl.example");
        await panel.PressAsync(DomainTexts.DeleteForGood);
        await panel.Page.WaitForURLAsync("**/domains");
        await Eventually.HoldsAsync(async () =>
        {
            await reader.OpenAsync("/domains");
            Assert.DoesNotContain("asbl.example", await panel.ReadAsync());
        });
        await reader.HearsAsync("info@asbl.example", "5");
    });

    [Theory, Figure("sending")]
    public Task Who_sends_too_much_waits_until_the_superuser_lets_it_go_on(string language) => TellAsync(language, async reader =>
    {
        const string sending = "/domains/exemple.be/accounts/exemple0001/sending";
        var panel = reader.Panel;
        var owner = reader.Owner("exemple0001");
        await reader.OpenAsync(sending);
        await panel.FillAsync(SendingTexts.MessagesPerDay, "20");
        await panel.PressAsync(SharedTexts.Save);
        await panel.SeesAsync(SendingTexts.Saved);
        var refused = await Assert.ThrowsAsync<SmtpCommandException>(async () =>
        {
            for (var n = 0; n <= 20; n++) await SendAsync();
        });
        Assert.StartsWith("4.7.1", refused.Message, StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () =>
        {
            await reader.OpenAsync(sending);
            Assert.Contains(SendingTexts.Lift, await panel.ReadAsync());
        });
        await reader.PictureAsync();
        await panel.PressAsync(SendingTexts.Lift);
        await panel.SeesAsync(SendingTexts.FormatLifted("gugus.dupont@exemple.be"));
        await panel.FillAsync(SendingTexts.MessagesPerDay, "");
        await panel.PressAsync(SharedTexts.Save);
        await panel.SeesAsync(SendingTexts.Saved);
        await SendAsync();

        Task SendAsync() => owner.SendAsync("gugus.dupont@exemple.be", "ami@example.org", "Bonjour");
    });

    [Theory, Figure("sessions")]
    public Task A_session_left_open_elsewhere_is_ended_from_here(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.SignInAsync(Reader.DomainAdmin);
        // The admin left a session open at another desk, and its browser still has the cookie.
        var left = await panel.Page.Context.CookiesAsync();
        await reader.SignInAsync(Reader.DomainAdmin);
        await panel.FollowAsync(Reader.DomainAdmin);
        await panel.FollowAsync(SessionTexts.Sessions);
        await panel.SeesAsync(SessionTexts.ThisOne);
        await reader.PictureAsync("::1", "192.0.2.17");
        await panel.PressAsync(SessionTexts.EndOthers);
        await panel.SeesAsync(SessionTexts.OthersEnded);
        await IsClosedToAsync(reader, left);
    });

    [Theory, Figure("signed-out")]
    public Task A_copied_cookie_opens_nothing_after_the_session_was_ended(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.SignInAsync(Reader.DomainAdmin);
        var cookies = await panel.Page.Context.CookiesAsync();
        await panel.PressAsync(SharedTexts.SignOut);
        await panel.SeesAsync(SessionTexts.SignedOut);
        await reader.PictureAsync();
        await IsClosedToAsync(reader, cookies);
    });

    [Theory, Figure("second-factor")]
    public Task An_authenticator_app_is_set_up(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.SignInAsync(Reader.DomainAdmin);
        await panel.FollowAsync(Reader.DomainAdmin);
        await panel.FollowAsync(SecondFactorTexts.Title);
        await panel.FillAsync(SettingsTexts.Present, Reader.Password);
        await panel.PressAsync(SecondFactorTexts.Open);
        await panel.FollowAsync(SecondFactorTexts.SetUpApp);
        await panel.SeesAsync(SecondFactorTexts.Scan);
        reader.AppKey = await panel.Page.Locator("code.secret").InnerTextAsync();
        await reader.PictureAsync();
        await panel.FillAsync(SecondFactorTexts.Code, AuthenticatorApp.CodeOf(reader.AppKey, TimeProvider.System.GetUtcNow()));
        await panel.PressAsync(SecondFactorTexts.Confirm);
        await panel.SeesAsync(SecondFactorTexts.YourCodes);
    });

    [Theory, Figure("second-step")]
    public Task From_then_on_the_password_alone_opens_nothing(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.PressAsync(SharedTexts.SignOut);
        await reader.OpenAsync("/sign-in");
        await panel.FillAsync(SessionTexts.Name, Reader.DomainAdmin);
        await panel.FillAsync(SharedTexts.Password, Reader.Password);
        await panel.PressAsync(SessionTexts.SignIn);
        await panel.SeesAsync(SecondFactorTexts.StepTitle);
        await reader.PictureAsync();
        await reader.OpenAsync("/domains");
        await panel.SeesAsync(SessionTexts.Title);
        // A code counts only once, and the set-up has used the code of this half minute. The telephone's clock is as far ahead as is
        // allowed.
        await reader.OpenAsync("/sign-in/second-step");
        await panel.FillAsync(
            SecondFactorTexts.CodeOrRecovery, AuthenticatorApp.CodeOf(reader.AppKey, TimeProvider.System.GetUtcNow().AddSeconds(30)));
        await panel.PressAsync(SessionTexts.SignIn);
        await panel.SeesAsync(SharedTexts.Domains);
    });

    private static async Task IsClosedToAsync(Reader reader, IReadOnlyList<BrowserContextCookiesResult> cookies)
    {
        var context = reader.Panel.Page.Context;
        await context.ClearCookiesAsync();
        await context.AddCookiesAsync(cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        await reader.OpenAsync("/domains");
        await reader.Panel.SeesAsync(SessionTexts.SignIn);
    }
}
