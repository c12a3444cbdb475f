using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Web.Features.Trace;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Trace;

public sealed class TraceTests : IDisposable
{
    private readonly PanelApplication _panel = new();
    private MailDomain _domain = null!;

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task The_way_of_an_address_is_told_in_sentences_that_lead_to_what_they_speak_of()
    {
        var browser = await StartAsync();
        await AddAliasAsync(_domain, "any", "exemple0001", "support@example.org");
        await browser.SubmitAsync("/domains/exemple.be/names", ("Name", "exemple.com"));

        var page = await browser.GetAsync("/trace?address=" + Uri.EscapeDataString("Any+salon@exemple.com"));

        Said.In(TraceTexts.StepDomainAlias, page.Text, "exemple.com", "exemple.be");
        Said.In(TraceTexts.StepAlias, page.Text, "any@exemple.be");
        Said.In(TraceTexts.StepMailbox, page.Text, "exemple0001");
        Said.In(TraceTexts.StepExternal, page.Text, "support@example.org");
        Assert.Contains("any@exemple.com", page.Document.QuerySelector("details table")!.TextContent, StringComparison.Ordinal);
        foreach (var link in page.Document.QuerySelectorAll(".trace a"))
            Assert.True((await browser.GetAsync(link.GetAttribute("href")!)).Response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_said_to_be_refused_and_why()
    {
        var browser = await StartAsync();

        var page = await browser.GetAsync("/trace?address=personne@exemple.be");

        Said.In(TraceTexts.Refused, page.Text, "personne@exemple.be");
        Assert.Contains("550 5.1.1", page.Text, StringComparison.Ordinal);
        Said.In(TraceTexts.StepUnknown, page.Text);
    }

    [Fact]
    public async Task A_domain_admin_follows_his_own_addresses_and_sees_nothing_of_anothers()
    {
        await StartAsync();
        var neighbour = await _panel.AddDomainAsync("voisin.example", "voisin");
        await _panel.AddAccountAsync(neighbour, "lea");
        await AddAliasAsync(neighbour, "equipe", "voisin0001", "secret@example.net");
        await AddAliasAsync(_domain, "dehors", "equipe@voisin.example");
        await _panel.AddAdminAsync("marie", AdminRole.DomainAdmin, _domain);
        var marie = await _panel.SignInAsync("marie");

        var page = await marie.GetAsync("/trace?address=dehors@exemple.be");

        Said.In(TraceTexts.StepHidden, page.Text);
        Assert.DoesNotContain("secret@example.net", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("voisin0001", page.Html, StringComparison.Ordinal);
        var (foreign, unknown) = (
            await marie.GetAsync("/trace?address=lea@voisin.example"), await marie.GetAsync("/trace?address=lea@example.net"));
        Said.In(TraceTexts.NotYours, foreign.ErrorAt("address"));
        Assert.Equal(foreign.ErrorAt("address"), unknown.ErrorAt("address"));
    }

    [Fact]
    public async Task What_is_no_address_is_told_and_stays()
    {
        var browser = await StartAsync();

        var page = await browser.GetAsync("/trace?address=pas%20une%20adresse");

        Assert.NotEmpty(page.ErrorAt("address"));
        Assert.Contains("value=\"pas une adresse\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_kind_of_step_has_its_sentence() =>
        Assert.All(
            Enum.GetValues<StepKind>(), kind =>
            Assert.Contains("a@exemple.be", TraceText.Of(new ResolutionStep(0, kind, "a@exemple.be", "x"), isHidden: false).Before));

    private async Task AddAliasAsync(MailDomain domain, string localPart, params string[] destinations) =>
        Assert.Empty(
            (await _panel.Get<AliasService>().CreateAsync(domain.Id, LocalPart.Parse(localPart), destinations, Actor.Panel)).Problems);

    private async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        _domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(_domain, "gugus.dupont");
        return browser;
    }
}
