using System.Net;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Accounts;

public sealed class AccountDeletionTests : IDisposable
{
    private const string List = "/domains/exemple.be/accounts";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z"));
    private readonly PanelApplication _panel;

    public AccountDeletionTests() => _panel = new(_clock);

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task Before_it_goes_the_page_says_what_goes_and_until_when_it_can_be_brought_back()
    {
        var (domain, browser) = await StartAsync();
        var other = await _panel.AddDomainAsync("voisin.example", "voisin");
        await AddAliasAsync(domain, "any", "exemple0001", "support@example.org");
        await AddAliasAsync(other, "ventes", "gugus.dupont@exemple.be");
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, domain);
        var page = await (await _panel.SignInAsync("luc")).GetAsync(List + "/exemple0001/delete");

        Assert.Equal("any@exemple.be", page.Document.QuerySelector(".losing a")!.TextContent);
        Assert.DoesNotContain("voisin", page.Text, StringComparison.Ordinal);
        Said.In(AccountTexts.AffectedForeign_one, page.Text);
        Assert.Contains("9 décembre 2026", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#for-good"));
        // The superuser sees both.
        Assert.Contains("ventes@voisin.example", (await browser.GetAsync(List + "/exemple0001/delete")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_account_is_brought_back()
    {
        var (_, browser) = await StartAsync();

        var list = await browser.SubmitAsync(await browser.GetAsync(List + "/exemple0001/delete"), "#delete");
        Assert.Equal(List, list.Path);
        Assert.Contains("9 décembre 2026", list.Notice, StringComparison.Ordinal);
        Said.In(AccountTexts.None, list.Text);
        var back = await browser.SubmitAsync(await browser.GetAsync(List + "/deleted"), "main form");

        Assert.Equal("gugus.dupont@exemple.be", back.Title);
        Said.In(AccountTexts.Restored, back.Notice, "gugus.dupont@exemple.be");
    }

    [Fact]
    public async Task For_good_leaves_nothing_to_bring_back_and_is_refused_to_the_domains_admin()
    {
        var (domain, browser) = await StartAsync();
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, domain);
        var luc = await _panel.SignInAsync("luc");
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await luc.GetAsync(List + "/exemple0001/delete")).Document.QuerySelector(
            "#delete")!;
        var values = Browser.ValuesOf(form);
        values["ForGood"] = "true";
        Assert.Equal(HttpStatusCode.NotFound, (await luc.PostAsync(List + "/exemple0001/delete", values)).Status);
        var asked = await browser.GetAsync(List + "/exemple0001/delete");
        Said.In(AccountTexts.DeleteForGoodMeans, asked.Text);

        var page = await browser.SubmitAsync(asked, "#for-good");

        Said.In(AccountTexts.DeletedForGood, page.Notice);
        Said.In(AccountTexts.NoneDeleted, (await browser.GetAsync(List + "/deleted")).Text);
        await using var context = _panel.Get<MailDatabase>().Open();
        Assert.Empty(await context.Accounts.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_page_lists_the_rows_of_ones_own_domains_and_counts_the_others()
    {
        var (domain, _) = await StartAsync();
        await AddAliasAsync(await _panel.AddDomainAsync("voisin.example", "voisin"), "ventes", "gugus.dupont@exemple.be");
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, domain);

        var effects = (await (await _panel.SignInAsync("luc")).GetAsync(List + "/exemple0001/delete")).Document.QuerySelector(
            "#delete .effects")!;

        Assert.Contains(
            effects.QuerySelectorAll("tbody tr"), r =>
            r.TextContent.Contains("gugus.dupont@exemple.be", StringComparison.Ordinal)
            && r.TextContent.Contains("550 5.2.1", StringComparison.Ordinal));
        Assert.DoesNotContain("voisin", effects.TextContent, StringComparison.Ordinal);
        Assert.True(
            Said.Is(PreviewTexts.Elsewhere_one, effects.TextContent) || Said.Is(PreviewTexts.Elsewhere_other, effects.TextContent));
    }

    [Fact]
    public async Task What_changed_since_the_page_was_shown_is_shown_again_before_anything_goes()
    {
        var (domain, browser) = await StartAsync();
        var asked = await browser.GetAsync(List + "/exemple0001/delete");
        await AddAliasAsync(domain, "any", "exemple0001");

        var again = await browser.SubmitAsync(asked, "#delete");

        Said.In(ProblemTexts.PreviewDiffers, again.Problems);
        Assert.Contains("any@exemple.be", again.Text, StringComparison.Ordinal);
        Said.In(AccountTexts.DeletedUntil, (await browser.SubmitAsync(again, "#delete")).Notice);
    }

    [Fact]
    public async Task A_hidden_account_can_be_deleted_before_its_time_by_the_superuser_alone()
    {
        var (domain, browser) = await StartAsync();
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, domain);
        await browser.SubmitAsync(await browser.GetAsync(List + "/exemple0001/delete"), "#delete");
        Assert.Null((await (await _panel.SignInAsync("luc")).GetAsync(List + "/deleted")).Document.QuerySelector("main li a.bad"));

        var link = (await browser.GetAsync(List + "/deleted")).Document.QuerySelector("main li a.bad")!.GetAttribute("href")!;
        var asked = await browser.GetAsync(link);
        Said.In(AccountTexts.DeleteForGoodMeans, asked.Text);
        var done = await browser.SubmitAsync(asked, "main form");

        Said.In(AccountTexts.DeletedForGood, done.Notice);
        Said.In(AccountTexts.NoneDeleted, done.Text);
    }

    [Fact] // C131
    public async Task Deleting_from_a_search_returns_to_its_results()
    {
        var (domain, browser) = await StartAsync();
        foreach (var name in (string[])["marie.a", "marie.b"]) await _panel.AddAccountAsync(domain, name);

        var found = await browser.GetAsync(List + "?q=marie&sort=address");
        var asked = await browser.GetAsync(found.Document.QuerySelector("tbody a.bad")!.GetAttribute("href")!);
        var after = await browser.SubmitAsync(asked, "#delete");

        Assert.Equal(2, found.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("q=marie", asked.Document.QuerySelector("#delete a.btn")!.GetAttribute("href")!, StringComparison.Ordinal);
        Assert.Contains("marie.a@exemple.be", after.Notice, StringComparison.Ordinal);
        Assert.Equal(["exemple0003"], after.Document.QuerySelectorAll("tbody code").Select(c => c.TextContent));
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    public async Task The_way_back_never_leads_elsewhere(string back)
    {
        var (_, browser) = await StartAsync();

        var asked = await browser.GetAsync($"{List}/exemple0001/delete?back={Uri.EscapeDataString(back)}");
        var after = await browser.SubmitAsync(asked, "#delete");
        var forged = await browser.PostAsync(
            $"{List}/exemple0001/delete",
            new()
            {
                ["back"] = back,
                ["__RequestVerificationToken"] = Browser.ValuesOf(
                (AngleSharp.Html.Dom.IHtmlFormElement)asked.Document.QuerySelector("#delete")!)["__RequestVerificationToken"]
            });

        Assert.Equal(List, after.Path);
        Assert.Equal(List, forged.Path);
    }

    private async Task<(MailDomain Domain, Browser Browser)> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(domain, "gugus.dupont");
        return (domain, browser);
    }

    private async Task AddAliasAsync(MailDomain domain, string name, params string[] destinations) =>
        await _panel.Get<AliasService>().CreateAsync(domain.Id, LocalPart.Parse(name), destinations, Actor.Panel);
}
