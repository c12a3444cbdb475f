using System.Net;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Domains;

public sealed class DomainDeletionTests : IDisposable
{
    private const string Delete = "/domains/exemple.be/delete";

    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    // C075, C079
    [Fact]
    public async Task The_page_lists_what_goes_and_the_typed_name_lets_it_go()
    {
        var browser = await _panel.SignedInAsync();
        await FillAsync();

        var page = await browser.GetAsync(Delete);
        var deleted = await browser.SubmitAsync(page, "main form", ("TypedName", "Exemple.be "));

        var facts = page.Document.QuerySelectorAll("dt").Select(t => (t.TextContent, t.NextElementSibling!.TextContent.Trim()));
        Assert.Contains(("Comptes", "2"), facts);
        Assert.Contains((DomainTexts.Addresses, "2"), facts);
        Assert.Contains(("Alias", "1"), facts);
        Assert.Contains((DomainTexts.AdminsAffected, "luc"), facts);
        Assert.Contains("liste@voisin.example", page.Text, StringComparison.Ordinal);
        Assert.Equal("/domains", deleted.Path);
        Said.In(DomainTexts.Deleted, deleted.Notice, "exemple.be");
        Assert.Equal(["voisin.example"], deleted.Document.QuerySelectorAll("tbody strong").Select(s => s.TextContent));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Delete)).Status);
    }

    // C079
    [Fact]
    public async Task Another_name_deletes_nothing_and_stays_in_its_field()
    {
        var browser = await _panel.SignedInAsync();
        await FillAsync();

        var page = await browser.SubmitAsync(Delete, ("TypedName", "voisin.example"));

        Said.In(ProblemTexts.DomainConfirmationDiffers, page.ErrorAt("TypedName"), "exemple.be");
        Assert.Equal("voisin.example", page.Document.GetElementById("typedname")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Delete)).Status);
    }

    [Fact]
    public async Task What_came_after_the_page_was_drawn_is_shown_before_anything_goes()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await FillAsync();
        var page = await browser.GetAsync(Delete);
        await _panel.AddAccountAsync(domain, "late");

        var again = await browser.SubmitAsync(page, "main form", ("TypedName", "exemple.be"));

        Said.In(ProblemTexts.DomainContentsChanged, again.Problems);
        Assert.Equal("3", again.Document.QuerySelector("dd")!.TextContent.Trim());
        Assert.Equal("/domains", (await browser.SubmitAsync(again, "main form")).Path);
    }

    [Fact]
    public async Task A_domain_on_its_way_out_is_listed_with_what_is_left_and_leads_nowhere()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await FillAsync();
        await _panel.Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
            (await write.Context.Domains.SingleAsync(d => d.Id == domain.Id)).State = DomainState.Deleting);

        var list = await browser.GetAsync("/domains");
        var row = list.Document.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("exemple.be", StringComparison.Ordinal));

        Said.In(DomainTexts.Deleting, row.TextContent);
        Assert.Contains("2 / 10", row.TextContent, StringComparison.Ordinal);
        Assert.Empty(row.QuerySelectorAll("a"));
        foreach (var rest in (string[])["/accounts", "/aliases", "/settings", "/delete"])
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/domains/exemple.be" + rest)).Status);
    }

    // C083
    [Fact]
    public async Task An_accented_domain_is_written_as_people_do_on_every_page_and_typed_so()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync("été-café.example", "cafe");
        var domain = (await _panel.Get<DomainRepository>().FindAsync(DomainName.Parse("été-café.example")))!.Domain;
        var settings = $"/domains/{domain.Name.Value}/settings";

        var listed = (await browser.GetAsync("/domains?q=" + Uri.EscapeDataString("été"))).Document;

        Assert.Equal("été-café.example", listed.QuerySelector("tbody strong")!.TextContent);
        Assert.NotNull(listed.QuerySelector($"tbody a[href='{settings}']"));
        Assert.Equal(DomainTexts.FormatSettingsTitle("été-café.example"), (await browser.GetAsync(settings)).Title);
        var deleted = await browser.SubmitAsync($"/domains/{domain.Name.Value}/delete", ("TypedName", "été-café.example"));
        Said.In(DomainTexts.Deleted, deleted.Notice, "été-café.example");
    }

    private async Task<MailDomain> FillAsync()
    {
        var domain = await _panel.AddDomainAsync();
        var neighbour = await _panel.AddDomainAsync("voisin.example", "voisin");
        await _panel.AddAccountAsync(domain, "gugus.dupont");
        await _panel.AddAccountAsync(domain, "pascal");
        await _panel.Get<AliasService>().CreateAsync(domain.Id, LocalPart.Parse("gugus"), ["exemple0001"], Actor.Panel);
        await _panel.Get<AliasService>().CreateAsync(neighbour.Id, LocalPart.Parse("liste"), ["pascal@exemple.be"], Actor.Panel);
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, domain);
        return domain;
    }
}
