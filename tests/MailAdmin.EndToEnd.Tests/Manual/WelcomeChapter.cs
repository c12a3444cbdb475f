using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Settings;
using MailAdmin.Web.Features.Shared;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>The administrator of exemple.be signs in for the first time (manual, fig. 1).</summary>
[Chapter(2)]
[Trait("Lane", "browser")]
public sealed class WelcomeChapter(Readers readers) : Chapter(readers)
{
    [Theory, Figure("sign-in")]
    public Task A_wrong_password_is_told_and_the_right_one_opens_the_door(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.PressAsync(SharedTexts.SignOut);
        await reader.OpenAsync("/");
        await panel.FillAsync(SessionTexts.Name, Reader.DomainAdmin);
        await reader.PictureAsync();
        await panel.FillAsync(SharedTexts.Password, "Zeven3Koeien?");
        await panel.PressAsync(SessionTexts.SignIn);
        await panel.SeesAsync(SessionTexts.Wrong);
        await panel.FillAsync(SharedTexts.Password, Reader.Password);
        await panel.PressAsync(SessionTexts.SignIn);
        await panel.SeesAsync(SharedTexts.Domains);
    });

    [Theory, Figure("welcome")]
    public Task The_domains_are_there_with_their_limits_and_without_what_is_the_superusers(string language) =>
        TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        var row = panel.Page.GetByRole(AriaRole.Row, new() { Name = "exemple.be" });
        await Assertions.Expect(row).ToContainTextAsync("0 / 10");
        await Assertions.Expect(row).ToContainTextAsync(reader.Says("25 000", "25,000"));
        await Assertions.Expect(row.GetByRole(AriaRole.Link, new() { Name = SharedTexts.Accounts })).ToBeVisibleAsync();
        await Assertions.Expect(row.GetByRole(AriaRole.Link, new() { Name = SharedTexts.Aliases })).ToBeVisibleAsync();
        Assert.Equal(0, await panel.Page.GetByText(DomainTexts.Add).CountAsync());
        await reader.PictureAsync();
    });

    [Theory, Figure("settings")]
    public Task An_administrator_has_settings_of_his_own(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.FollowAsync(Reader.DomainAdmin);
        await panel.FillAsync(SettingsTexts.PageSize, "25");
        await panel.PressAsync(SharedTexts.Save);
        await panel.SeesAsync(SettingsTexts.Saved);
        await reader.PictureAsync();
    });
}
