using System.Net;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Audit;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Features.Vacations;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Accounts;

public sealed class AccountPagesTests : IDisposable
{
    private const string List = "/domains/exemple.be/accounts";
    private const string Account = List + "/exemple0001";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z"));
    private readonly PanelApplication _panel;

    public AccountPagesTests() => _panel = new(_clock);

    public void Dispose() => _panel.Dispose();

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
    public async Task An_address_is_added_made_official_and_removed()
    {
        var browser = await StartAsync();

        var added = await browser.SubmitAsync(await browser.GetAsync(Account + "/addresses"), "#add", ("Address", "gugus@exemple.be"));
        Assert.Equal(AccountTexts.FormatAddressAdded("gugus@exemple.be"), added.Notice);
        var official = await browser.SubmitAsync(added, "form[action$='/official']");
        Assert.Equal("gugus@exemple.be", (await browser.GetAsync(Account)).Title);
        var asked = await browser.GetAsync(official.Document.QuerySelector("a[href$='/delete']")!.GetAttribute("href")!);
        Said.In(AccountTexts.RemoveOfficialMeans, asked.Text);
        var removed = await browser.SubmitAsync(asked, "main form");

        Assert.Equal(AccountTexts.AddressRemoved, removed.Notice);
        Assert.Equal("gugus.dupont@exemple.be", (await browser.GetAsync(Account)).Title);
        Assert.Null(removed.Document.QuerySelector("a[href$='/delete']"));
    }

    [Fact]
    public async Task A_wrong_address_stays_in_its_field_with_the_reason()
    {
        var browser = await StartAsync();

        var page = await browser.SubmitAsync(await browser.GetAsync(Account + "/addresses"), "#add", ("Address", "gugus@autre.example"));

        Said.In(ProblemTexts.AddressOtherDomain, page.ErrorAt("Address"), "exemple.be");
        Assert.Equal("gugus@autre.example", page.Document.QuerySelector("#address")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Before_an_address_goes_the_aliases_that_lead_to_it_are_named()
    {
        var browser = await StartAsync();
        await browser.SubmitAsync(await browser.GetAsync(Account + "/addresses"), "#add", ("Address", "gugus"));
        await AddAliasAsync("any", "gugus@exemple.be");

        var list = await browser.GetAsync(Account + "/addresses");
        var asked = await browser.GetAsync(list.Document.QuerySelectorAll("a[href$='/delete']")[^1].GetAttribute("href")!);

        Said.In(AccountTexts.AliasesLeadHere_one, list.Text);
        Assert.Equal("any@exemple.be", asked.Document.QuerySelector(".losing a")!.TextContent);
        Said.In(AccountTexts.AffectedLast, asked.Text);
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

    [Fact]
    public async Task Who_sends_an_outdated_form_is_told_and_nothing_is_changed()
    {
        var browser = await StartAsync();
        var form = await browser.GetAsync(Account + "/quota");
        await browser.SubmitAsync(form, "main form", ("Quota", "20000"));

        var late = await browser.SubmitAsync(form, "main form", ("Quota", "10 MB"));

        Assert.Contains("entre-temps", late.Problems, StringComparison.Ordinal);
        Assert.Contains("20 000 Ko", late.Problems.Replace('\u202f', ' ').Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Equal("10 MB", late.Document.QuerySelector("#quota")!.GetAttribute("value"));
        Assert.Equal(20_000, (await AccountAsync()).Quota!.Value.KiB);
    }

    [Theory] // C074
    [InlineData("25001")]
    [InlineData("1500")]
    [InlineData("999999")]
    public async Task A_quota_that_is_saved_unchanged_three_times_stays_the_same(string quota)
    {
        var browser = await StartAsync();
        await browser.SubmitAsync(Account + "/quota", ("Quota", quota));

        for (var i = 0; i < 3; i++) await browser.SubmitAsync(Account + "/quota");

        Assert.Equal(quota, (await browser.GetAsync(Account + "/quota")).Document.QuerySelector("#quota")!.GetAttribute("value"));
        Assert.Equal(long.Parse(quota, System.Globalization.CultureInfo.InvariantCulture), (await AccountAsync()).Quota!.Value.KiB);
    }

    [Theory]
    [InlineData("2 GB", 2_097_152, "2 Go")]
    [InlineData("25 Mo", 25_600, "25 Mo")]
    [InlineData("500", 500, "500 Ko")]
    public async Task A_quota_is_typed_in_any_unit_and_shown_in_both(string typed, long kib, string shown)
    {
        var browser = await StartAsync();

        var page = await browser.SubmitAsync(Account + "/quota", ("Quota", typed));

        Assert.Equal(kib, (await AccountAsync()).Quota!.Value.KiB);
        Assert.Contains(shown, Plain(page.Notice), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_limit_is_offered_where_the_domain_allows_it()
    {
        await StartAsync();
        await _panel.AddDomainAsync(
            "borne.example", "borne", with: d => d with { MaxQuota = new Quota(30_000), TotalQuota = new Quota(60_000) });
        var bounded = await _panel.Get<DomainRepository>().FindAsync(DomainName.Parse("borne.example"));
        await _panel.AddAccountAsync(bounded!.Domain, "lea");
        var browser = await _panel.SignInAsync("jens");

        var free = await browser.SubmitAsync(Account + "/quota", ("Unlimited", "true"));
        var page = await browser.GetAsync("/domains/borne.example/accounts/borne0001/quota");

        Assert.Null((await AccountAsync()).Quota);
        Assert.Contains(SharedTexts.Unlimited, free.Notice, StringComparison.OrdinalIgnoreCase);
        Assert.Null(page.Document.QuerySelector("[name=Unlimited]"));
        Assert.Contains("60000Ko", string.Concat(page.Text.Where(c => !char.IsWhiteSpace(c))), StringComparison.Ordinal);
        var refused = await browser.SubmitAsync(page, "main form", ("Quota", "60001"));
        Said.In(ProblemTexts.QuotaDomainTotalExceeded, refused.ErrorAt("Quota"));
    }

    private async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        return browser;
    }

    private async Task<MailDomain> DomainAsync() =>
        (await _panel.Get<DomainRepository>().FindAsync(DomainName.Parse("exemple.be")))!.Domain;

    private async Task AddAliasAsync(string name, params string[] destinations) =>
        await _panel.Get<AliasService>().CreateAsync((await DomainAsync()).Id, LocalPart.Parse(name), destinations, Actor.Panel);

    private async Task<Core.Accounts.Account> AccountAsync()
    {
        await using var context = _panel.Get<MailDatabase>().Open();
        return await context.Accounts.SingleAsync(a => a.Username == Username.Parse("exemple0001"));
    }

    private static string Plain(string text) => text.Replace('\u202f', ' ').Replace('\u00a0', ' ');
}
