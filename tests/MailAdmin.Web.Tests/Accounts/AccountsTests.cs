using System.Net;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Accounts;

public sealed class AccountsTests : IDisposable
{
    private const string NewPath = "/domains/exemple.be/accounts/new";
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Theory] // C007
    [InlineData("gugus.dupont")]
    [InlineData("gugus.dupont@exemple.be")]
    [InlineData(" Gugus.Dupont@EXEMPLE.BE ")]
    public async Task The_local_part_and_the_whole_address_make_the_same_account(string typed)
    {
        var browser = await StartAsync();
        var form = await browser.GetAsync(NewPath);
        Assert.Contains("exemple0001", form.Text, StringComparison.Ordinal);
        Assert.Equal("25000", form.Document.QuerySelector("#quota")!.GetAttribute("value"));

        var page = await CreateAsync(browser, typed);

        Assert.Equal("/domains/exemple.be/accounts/exemple0001", page.Path);
        Assert.Equal("gugus.dupont@exemple.be", page.Title);
        Assert.Contains("exemple0001", page.Notice, StringComparison.Ordinal);
        Said.In(SharedTexts.Pending, page.Document.QuerySelector(".chip")!.TextContent);
    }

    [Theory]
    [InlineData("gugus@autre.example", nameof(ProblemTexts.AddressOtherDomain), "exemple.be")] // C007
    [InlineData("", nameof(ProblemTexts.AddressMissing))]
    [InlineData("élodie.léger", nameof(ProblemTexts.AddressCharacters), "é")] // C013
    [InlineData("~ventes/be", nameof(ProblemTexts.AddressCharacters), "~ /")] // C009
    [InlineData("*", nameof(ProblemTexts.AddressCatchAll))] // C061
    [InlineData("a..b", nameof(ProblemTexts.AddressDots))] // C011
    [InlineData("\"><img src=x onerror=alert(1)>", nameof(ProblemTexts.AddressCharacters))] // C114
    public async Task A_wrong_address_is_refused_beside_its_field(string typed, string problem, string? place = null)
    {
        var browser = await StartAsync();

        var page = await CreateAsync(browser, typed);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Said.In(Said.Problem(problem), page.ErrorAt("Address"), place);
        Assert.Empty(page.Document.QuerySelectorAll("main img"));
        Assert.Equal(0, await CountAsync());
    }

    [Theory] // C003
    [InlineData("voisin0001")]
    [InlineData("cyrus")]
    public async Task A_username_that_is_sent_along_is_ignored(string username)
    {
        var browser = await StartAsync();
        var form = await browser.GetAsync(NewPath);
        Assert.Null(form.Document.QuerySelector("[name=Username]"));
        var values = Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)form.Document.QuerySelector("main form")!);
        (values["Username"], values["Address"]) = (username, "gugus.dupont");
        values["Password"] = values["Confirmation"] = PanelApplication.Password;

        Assert.Equal("/domains/exemple.be/accounts/exemple0001", (await browser.PostAsync(NewPath, values)).Path);
    }

    [Theory] // C107
    [InlineData("", "", "Password", nameof(ProblemTexts.PasswordMissing))]
    [InlineData("        ", "        ", "Password", nameof(ProblemTexts.PasswordMissing))]
    [InlineData("abcdefgh", "abcdefgh", "Password", nameof(ProblemTexts.PasswordLetterAndDigit))]
    [InlineData("1234567", "1234567", "Password", nameof(ProblemTexts.PasswordTooShort))]
    [InlineData("gugus.dupont1", "gugus.dupont1", "Password", nameof(ProblemTexts.PasswordOwnName))]
    [InlineData("Kilo7-gamma-x", "Kilo7-gamma-x ", "Confirmation", nameof(ProblemTexts.PasswordConfirmationDiffers))]
    public async Task A_weak_password_is_refused_on_both_forms(string password, string confirmation, string field, string problem)
    {
        var browser = await StartAsync();
        var creating = await browser.SubmitAsync(
            NewPath, ("Address", "gugus.dupont"), ("Password", password), ("Confirmation", confirmation));
        Said.In(Said.Problem(problem), creating.ErrorAt(field));
        Assert.Equal(0, await CountAsync());
        Assert.DoesNotContain("value=\"" + PanelApplication.Password, creating.Html, StringComparison.Ordinal);
        await CreateAsync(browser, "gugus.dupont");
        var before = await HashAsync();

        var changing = await browser.SubmitAsync(
            "/domains/exemple.be/accounts/exemple0001/password", ("Password", password), ("Confirmation", confirmation));

        Said.In(Said.Problem(problem), changing.ErrorAt(field));
        Assert.Equal(before, await HashAsync());
    }

    [Fact]
    public async Task A_good_password_replaces_the_old_one()
    {
        var browser = await StartAsync();
        await CreateAsync(browser, "gugus.dupont");

        var page = await browser.SubmitAsync(
            "/domains/exemple.be/accounts/exemple0001/password", ("Password", "kfmt-7wpe-x3hq"), ("Confirmation", "kfmt-7wpe-x3hq"));

        Assert.Equal("/domains/exemple.be/accounts/exemple0001", page.Path);
        Assert.True(PasswordHash.TryParse(await HashAsync(), out var hash));
        Assert.True(_panel.Get<PasswordHasher>().Verify("kfmt-7wpe-x3hq", hash));
    }

    [Fact] // C124
    public async Task The_browser_is_told_not_to_fill_in_the_admins_own_password()
    {
        var browser = await StartAsync();
        await CreateAsync(browser, "gugus.dupont");

        foreach (var path in new[] { NewPath, "/domains/exemple.be/accounts/exemple0001/password" })
        {
            var fields = (await browser.GetAsync(path)).Document.QuerySelectorAll("main input:not([type=hidden])");
            Assert.All(
                fields, f => Assert.Equal(f.GetAttribute("type") == "password" ? "new-password" : "off", f.GetAttribute("autocomplete")));
        }
    }

    [Theory]
    [InlineData("abc", nameof(ProblemTexts.QuotaMalformed))]
    [InlineData("30000", nameof(ProblemTexts.QuotaAboveDomainMaximum))]
    public async Task A_wrong_quota_is_refused_beside_its_field(string quota, string problem)
    {
        await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync(with: d => d with { MaxQuota = new Quota(25_000) });
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, domain);
        var browser = await _panel.SignInAsync("luc");

        var page = await CreateAsync(browser, "gugus.dupont", quota);

        Said.In(Said.Problem(problem), page.ErrorAt("Quota"));
    }

    [Fact]
    public async Task Past_the_maximum_no_account_is_made_and_the_button_is_gone()
    {
        await _panel.SignedInAsync();
        await _panel.AddDomainAsync(maxAccounts: 1);
        var browser = await _panel.SignInAsync("jens");
        await CreateAsync(browser, "gugus.dupont");

        var page = await CreateAsync(browser, "marie.lambert");

        Said.In(ProblemTexts.DomainAccountsFull, page.Problems, 1, 1);
        Assert.Null((await browser.GetAsync("/domains/exemple.be/accounts")).Document.QuerySelector("a[href$='/accounts/new']"));
    }

    [Fact] // C156, C162
    public async Task Of_twenty_who_create_the_same_address_at_once_one_succeeds()
    {
        var browser = await StartAsync();
        var form = await browser.GetAsync(NewPath);

        var pages = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.SubmitAsync(
            form, "main form", ("Address", "gugus.dupont"), ("Password", PanelApplication.Password),
            ("Confirmation", PanelApplication.Password))));

        Assert.All(pages, p => Assert.Equal(HttpStatusCode.OK, p.Status));
        Assert.Single(pages, p => p.Path != NewPath);
        Assert.Equal(
            19, pages.Count(p => Said.Is(ProblemTexts.AddressTakenByAccount, p.ErrorAt("Address"), null, "exemple0001")));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Where_usernames_are_chosen_the_form_asks_for_one()
    {
        await _panel.SignedInAsync();
        await _panel.AddDomainAsync(with: d => d with { NamingScheme = NamingScheme.Free });
        var browser = await _panel.SignInAsync("jens");

        var empty = await CreateAsync(browser, "gugus.dupont");
        Assert.NotEmpty(empty.ErrorAt("Username"));
        var page = await browser.SubmitAsync(
            empty, "main form", ("Username", "gugus"), ("Password", PanelApplication.Password),
            ("Confirmation", PanelApplication.Password));

        Assert.Equal("/domains/exemple.be/accounts/gugus", page.Path);
    }

    private async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();
        return browser;
    }

    private static Task<WebPage> CreateAsync(Browser browser, string address, string quota = "25000") => browser.SubmitAsync(
        NewPath, ("Address", address), ("Quota", quota), ("Password", PanelApplication.Password),
        ("Confirmation", PanelApplication.Password));

    private async Task<int> CountAsync()
    {
        await using var context = _panel.Get<MailDatabase>().Open();
        return context.Accounts.Count();
    }

    private async Task<string> HashAsync()
    {
        await using var context = _panel.Get<MailDatabase>().Open();
        return context.Accounts.Single().PasswordHash;
    }
}
