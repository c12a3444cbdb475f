using AngleSharp.Dom;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Settings;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Settings;

public sealed class SettingsTests : IDisposable
{
    private const string NewPassword = "Lima8-delta-y";
    private const string PasswordForm = "main form[action='/settings/password']";

    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Theory]
    [InlineData(AdminRole.DomainAdmin)]
    [InlineData(AdminRole.Support)]
    public async Task Everybody_reaches_his_settings_from_his_name_and_they_hold_at_once(AdminRole role)
    {
        await _panel.SignedInAsync();
        for (var n = 0; n < 12; n++) await _panel.AddDomainAsync($"c{n}.example", $"c{n}");
        await _panel.AddAdminAsync("luc", role, [.. await AllAsync()]);
        var browser = await _panel.SignInAsync("luc");
        var path = (await browser.GetAsync("/domains")).Document.QuerySelector(".top a.who")!.GetAttribute("href")!;

        var page = await browser.SubmitAsync(path, ("Language", "en"), ("PageSize", "20"), ("QuotaWarning", "75 %"));

        Assert.Equal(Said.Text(SharedTexts.ResourceManager, nameof(SharedTexts.Settings), "en"), page.Title);
        Assert.Equal(Said.Text(SettingsTexts.ResourceManager, nameof(SettingsTexts.Saved), "en"), page.Notice);
        Assert.Equal("75", page.Document.QuerySelector("#quotawarning")!.GetAttribute("value"));
        Assert.Equal(12, (await browser.GetAsync("/domains")).Document.QuerySelectorAll("tbody tr").Length);
    }

    [Theory]
    [InlineData("PageSize", "9")]
    [InlineData("PageSize", "101")]
    [InlineData("PageSize", "many")]
    [InlineData("QuotaWarning", "0")]
    [InlineData("QuotaWarning", "101")]
    public async Task A_number_out_of_range_is_refused_beside_its_field_and_stays(string field, string typed)
    {
        var page = await (await _panel.SignedInAsync()).SubmitAsync("/settings", (field, typed));

        Assert.NotEmpty(page.ErrorAt(field));
        Assert.Equal(typed, page.Document.GetElementById(field.ToLowerInvariant())!.GetAttribute("value"));
    }

    [Fact]
    public async Task Ones_own_password_asks_for_the_present_one_and_ends_the_other_sessions_alone()
    {
        var browser = await _panel.SignedInAsync();
        var elsewhere = await _panel.SignInAsync("jens");
        var form = await browser.GetAsync("/settings");

        var refused = await browser.SubmitAsync(
            form, PasswordForm, ("Present", "wrong"), ("Password", NewPassword), ("Confirmation", NewPassword));
        var done = await browser.SubmitAsync(
            form, PasswordForm, ("Present", PanelApplication.Password), ("Password", NewPassword), ("Confirmation", NewPassword));

        Said.In(ProblemTexts.AdminPresentPasswordWrong, refused.ErrorAt("Present"));
        Assert.Equal(("/settings", true), (done.Path, Said.Is(SettingsTexts.PasswordChanged, done.Notice)));
        Assert.StartsWith("/sign-in", (await elsewhere.GetAsync("/domains")).Path, StringComparison.Ordinal);
        Assert.Equal("/domains", (await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "jens"), ("Password", NewPassword))).Path);
    }

    private async Task<IEnumerable<Core.Domains.MailDomain>> AllAsync()
    {
        await using var context = _panel.Get<Core.Data.MailDatabase>().Open();
        return context.Domains.ToList();
    }
}
