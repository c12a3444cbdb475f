using System.Net;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Audit;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Features.Vacations;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Accounts;

/// <summary>The pages of an account: who opens which, its services and its suspension.</summary>
public sealed class AccountPagesTests : AccountPagesTest
{
    [Fact]
    public async Task The_menu_of_a_row_has_the_manuals_actions()
    {
        var browser = await StartAsync();

        var menu = (await browser.GetAsync(List)).Document.QuerySelectorAll("tbody .items a").Select(a => a.TextContent);

        Assert.Equal(
            [
                AccountTexts.Edit, AccountTexts.ChangePassword, SharedTexts.Redirect, VacationTexts.Heading, AccountTexts.CatchAll,
                AuditTexts.Title, AccountTexts.ClientSettings, AccountTexts.Addresses,
                AccountTexts.SetQuota, AccountTexts.Services, AccountTexts.Suspend, AccountTexts.Delete,
            ],
            menu);
    }

    [Fact]
    public async Task Support_sees_an_account_and_resets_its_password_and_nothing_else()
    {
        await StartAsync();
        await _panel.AddAdminAsync("sam", AdminRole.Support, await DomainAsync());
        var browser = await _panel.SignInAsync("sam");

        var page = await browser.GetAsync(Account);

        Assert.Equal(
            ["/catch-all", "/client-settings", "/password", "/redirect", "/sending"],
            page.Document.QuerySelectorAll("main a[href^='" + Account + "/']").Select(a => a.GetAttribute("href")![Account.Length..])
                .Distinct().Order(StringComparer.Ordinal));
        foreach (var part in (string[])["/addresses", "/services", "/state", "/quota", "/delete", "/vacation"])
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(Account + part)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Account + "/client-settings")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/addresses")]
    [InlineData("/services")]
    [InlineData("/state")]
    [InlineData("/quota")]
    [InlineData("/delete")]
    [InlineData("/client-settings")]
    [InlineData("/password")]
    public async Task An_account_is_found_in_its_own_domain_alone(string part)
    {
        var browser = await StartAsync();
        await _panel.AddDomainAsync("voisin.example", "voisin");

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Account + part)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/domains/voisin.example/accounts/exemple0001" + part)).Status);
        // C177: a username with a space belongs to no account.
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(List + "/exemple%200001" + part)).Status);
    }

    [Fact]
    public async Task Services_are_those_that_are_ticked()
    {
        var browser = await StartAsync();

        var page = await browser.SubmitAsync(Account + "/services", ("Pop3", ""), ("Receiving", ""));

        Assert.Equal(Account, page.Path);
        Said.In($"IMAP, {AccountTexts.ServiceFilters}, {AccountTexts.ServiceSending}", page.Text);
        Said.In(AccountTexts.ServicesOff, (await browser.GetAsync(List)).Text, $"POP3, {AccountTexts.ServiceReceiving}");
        var sheet = await browser.GetAsync(Account + "/client-settings");
        Assert.DoesNotContain("995", sheet.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_suspended_with_its_mail_refused_and_taken_back()
    {
        var browser = await StartAsync();
        var form = await browser.GetAsync(Account + "/state");
        Assert.Equal("hold", Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)form.Document.QuerySelector("#suspend")!)["Mail"]);

        Assert.Equal(2, form.Document.QuerySelectorAll("#suspend .effects").Length);
        // An alias that leads to the account now would be refused too, so the effects are shown again.
        await browser.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", "seul"), ("Destinations", "exemple0001"));
        form = await browser.SubmitAsync(form, "#suspend", ("Mail", "refuse"));
        Assert.Contains("entre-temps", form.Problems, StringComparison.Ordinal);
        Assert.Contains("seul@exemple.be", form.Document.QuerySelector("#suspend .effects")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("refuse", Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)form.Document.QuerySelector("#suspend")!)["Mail"]);

        var suspended = await browser.SubmitAsync(form, "#suspend");

        Said.In(AccountTexts.SuspendedNotice, suspended.Notice);
        Said.In(AccountTexts.SuspendedRefusingMeans, suspended.Text);
        Assert.Equal(SharedTexts.Suspended, (await browser.GetAsync(List)).Document.QuerySelector("tbody .chip")!.TextContent);
        var resumed = await browser.SubmitAsync(await browser.GetAsync(Account + "/state"), "#resume");
        Said.In(AccountTexts.ResumedNotice, resumed.Notice);
    }
}
