using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Accounts;

/// <summary>The addresses of an account.</summary>
public sealed class AccountAddressPagesTests : AccountPagesTest
{
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

    private async Task AddAliasAsync(string name, params string[] destinations) =>
        await _panel.Get<AliasService>().CreateAsync((await DomainAsync()).Id, LocalPart.Parse(name), destinations, Actor.Panel);
}
