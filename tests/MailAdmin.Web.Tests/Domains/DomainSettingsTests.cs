using System.Net;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Domains;

public sealed class DomainSettingsTests : IDisposable
{
    private const string Settings = "/domains/exemple.be/settings";

    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task What_was_typed_is_kept_and_counts_at_once()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();

        var shown = await browser.SubmitAsync(
            Settings, ("MaxAccounts", "3"), ("MaxQuota", "1 Go"), ("Folders", "Sent\nClients/Anciens"), ("CatchAll", "False"),
            ("External", "False"), ("State", "Suspended"));
        Said.In(DomainTexts.NotSavedYet, shown.Problems);
        Assert.Contains("450 4.2.1 Domain is suspended", shown.Document.QuerySelector(".effects")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(DomainState.Active, (await FindAsync()).State);
        var page = await browser.SubmitAsync(shown, "main form");

        Said.In(DomainTexts.SettingsSaved, page.Notice);
        var domain = await FindAsync();
        Assert.Equal(
            (3, 1_048_576L, false, DomainState.Suspended),
            (domain.MaxAccounts, domain.MaxQuota!.Value.KiB, domain.AllowsExternalDestinations, domain.State));
        Assert.False(domain.AllowsCatchAll);
        Assert.Equal(["Sent", "Clients/Anciens"], domain.Folders);
        Assert.Equal(new Quota(25_000), domain.DefaultQuota);
        Assert.Equal(SharedTexts.Suspended, page.Document.QuerySelector(".chip")!.TextContent);
    }

    [Theory]
    [InlineData("MaxAccounts", "many", nameof(ProblemTexts.NumberMalformed))]
    [InlineData("MaxQuota", "10", nameof(ProblemTexts.DomainDefaultAboveMaximum))]
    [InlineData("State", "Deleting", nameof(ProblemTexts.ChoiceUnknown))]
    [InlineData("NamingScheme", "7", nameof(ProblemTexts.ChoiceUnknown))]
    [InlineData("External", "", nameof(ProblemTexts.ChoiceUnknown))]
    public async Task What_cannot_be_is_told_beside_its_field_and_nothing_changes(string field, string value, string problem)
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();

        var page = await browser.SubmitAsync(Settings, ("TotalQuota", "777777"), (field, value));

        var place = field == "MaxQuota" ? "DefaultQuota" : field;
        Said.In(Said.Problem(problem), page.ErrorAt(place));
        Assert.Equal("777777", page.Document.GetElementById("totalquota")!.GetAttribute("value"));
        Assert.Null((await FindAsync()).TotalQuota);
    }

    [Fact]
    public async Task The_second_of_two_edits_is_told_what_the_first_one_set_and_loses_nothing_typed()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();
        var open = await browser.GetAsync(Settings);
        await browser.SubmitAsync(Settings, ("MaxAccounts", "50"));

        var told = await browser.SubmitAsync(open, "main form", ("MaxAccounts", "20"), ("TotalQuota", "500000"));

        Assert.Contains("entre-temps", told.Problems, StringComparison.Ordinal);
        Said.In(DomainTexts.MaxAccounts, told.Problems);
        Assert.Contains("50", told.Problems, StringComparison.Ordinal);
        Assert.Equal("20", told.Document.GetElementById("maxaccounts")!.GetAttribute("value"));
        Assert.Equal(50, (await FindAsync()).MaxAccounts);
        Assert.False((await browser.SubmitAsync(told, "main form")).HasErrors);
        Assert.Equal((20, 500_000L), ((await FindAsync()).MaxAccounts, (await FindAsync()).TotalQuota!.Value.KiB));
    }

    [Fact]
    public async Task A_domain_that_changed_after_its_suspension_was_shown_is_shown_again()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        var shown = await browser.SubmitAsync(Settings, ("State", "Suspended"));
        await browser.SubmitAsync("/domains/exemple.be/names", ("Name", "exemple.com"));

        var again = await browser.SubmitAsync(shown, "main form");

        Assert.Equal(DomainState.Active, (await FindAsync()).State);
        Assert.Contains("exemple.com", again.Document.QuerySelector(".effects")!.TextContent, StringComparison.Ordinal);
        Assert.False((await browser.SubmitAsync(again, "main form")).HasErrors);
        Assert.Equal(DomainState.Suspended, (await FindAsync()).State);
    }

    // C100
    [Fact]
    public async Task Limits_below_what_is_in_use_are_accepted_and_the_page_says_by_how_much()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        foreach (var name in (string[])["a", "b", "c"]) await _panel.AddAccountAsync(domain, name);

        var page = await browser.SubmitAsync(
            Settings, ("MaxAccounts", "2"), ("DefaultQuota", "10"), ("MaxQuota", "20"), ("TotalQuota", "1000"));

        var warnings = page.Document.QuerySelectorAll("main > .note.wait").Select(n => n.TextContent).ToList();
        Assert.Equal(3, warnings.Count);
        Said.In(DomainTexts.AccountsExceed, warnings[0], 3, 2);
        Said.In(DomainTexts.AllocatedExceeds, warnings[1], "75 000 Ko", "1 000 Ko");
        Said.In(DomainTexts.AboveMaximum_other, warnings[2], 3, "20 Ko");
    }

    [Theory]
    [InlineData(AdminRole.DomainAdmin)]
    [InlineData(AdminRole.Support)]
    public async Task The_others_see_the_settings_and_change_none(AdminRole role)
    {
        var superuser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        var values = Browser.ValuesOf(
            (AngleSharp.Html.Dom.IHtmlFormElement)(await superuser.GetAsync(Settings)).Document.QuerySelector("main form")!);
        await _panel.AddAdminAsync("luc", role, domain);
        var browser = await _panel.SignInAsync("luc");

        var page = await browser.GetAsync(Settings);

        Assert.Contains("0 / 10", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main form, main a.bad"));
        values["__RequestVerificationToken"] = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute(
            "value")!;
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(Settings, values)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/domains/exemple.be/delete")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/domains/exemple.be/delete", values)).Status);
        Assert.Empty((await browser.GetAsync("/domains")).Document.QuerySelectorAll("a[href$='/delete'], a[href$='/new']"));
    }

    private async Task<MailDomain> FindAsync() => (await _panel.Get<DomainRepository>().FindAsync(DomainName.Parse("exemple.be")))!.Domain;
}
