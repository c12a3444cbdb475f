using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Admins;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Admins;

/// <summary>Admins are made, changed and deleted.</summary>
public sealed class AdminsTests : AdminsTest
{
    [Theory] // C102
    [InlineData(DomainRouting.Local, DomainState.Active)]
    [InlineData(DomainRouting.Relay, DomainState.Active)]
    [InlineData(DomainRouting.Local, DomainState.Suspended)]
    public async Task A_new_domain_admin_sees_exactly_the_domains_given_to_him_whatever_their_routing(
        DomainRouting routing, DomainState state)
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();
        await _panel.AddDomainAsync("voisin.example", "voisin");
        await _panel.AddDomainAsync("autre.example", "autre");
        await _panel.Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            var voisin = await write.Context.Domains.SingleAsync(d => d.Name == DomainName.Parse("voisin.example"));
            (voisin.Routing, voisin.State) = (routing, state);
        });

        var page = await browser.SubmitAsync("/admins/new", Fields("luc", "DomainAdmin", "exemple.be\r\n voisin.example "));

        Assert.Equal("/admins", page.Path);
        Said.In(AdminTexts.Created, page.Notice, "luc");
        Said.In(AdminTexts.DomainAndMore, page.Text, "exemple.be", 1);
        var domains = await (await _panel.SignInAsync("luc")).GetAsync("/domains");
        Assert.Equal(["exemple.be", "voisin.example"], domains.Document.QuerySelectorAll("tbody strong").Select(e => e.TextContent));
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once_and_what_was_typed_stays()
    {
        var browser = await _panel.SignedInAsync();

        var page = await browser.SubmitAsync(
            "/admins/new", ("Name", "JENS"), ("Password", "kort"), ("Confirmation", "kort"), ("Domains", "exemple.be\nunknown.example"));

        Said.In(ProblemTexts.AdminNameTaken, page.ErrorAt("Name"), "JENS");
        Said.In(ProblemTexts.PasswordTooShort, page.ErrorAt("Password"), 8);
        Said.In(ProblemTexts.AdminDomainUnknown, page.ErrorAt("Domains"), "unknown.example");
        Assert.Equal("exemple.be\nunknown.example", page.Document.QuerySelector<IHtmlTextAreaElement>("#domains")!.Value);
        Assert.DoesNotContain("kort", page.Html, StringComparison.Ordinal);
    }

    [Fact] // C114
    public async Task An_admin_has_no_name_that_is_markup()
    {
        var page = await (await _panel.SignedInAsync()).SubmitAsync("/admins/new", Fields("<img src=x onerror=alert(1)>", "Support", ""));

        Said.In(ProblemTexts.AdminNameMalformed, page.ErrorAt("Name"));
        Assert.Empty(page.Document.QuerySelectorAll("main img"));
    }

    [Fact] // C098
    public async Task The_only_superuser_can_neither_delete_nor_demote_himself_and_is_told_why()
    {
        var browser = await _panel.SignedInAsync();
        var path = $"/admins/{await IdAsync("jens")}";

        var demoted = await browser.SubmitAsync(path, ("Rights", "Support"));
        var deleted = await browser.SubmitAsync(path + "/delete");

        Said.In(ProblemTexts.AdminOwnRole, demoted.ErrorAt("Rights"));
        Said.In(ProblemTexts.AdminLastSuperuser, deleted.Problems);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admins")).Status);
    }

    [Fact]
    public async Task A_thousand_domains_are_given_and_taken_in_one_form()
    {
        var browser = await _panel.SignedInAsync();
        var names = Enumerable.Range(1, 1000).Select(n => $"client{n:0000}.example").ToList();
        await _panel.Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            var store = await write.Context.Stores.Select(s => s.Id).SingleAsync();
            write.Context.Domains.AddRange(
                names.Select(
                    (name, n) => new MailDomain { Name = DomainName.Parse(name), Prefix = Prefix.Parse($"c{n}"), StoreId = store }));
        });

        Assert.Equal("/admins", (await browser.SubmitAsync("/admins/new", Fields("luc", "DomainAdmin", string.Join('\n', names)))).Path);
        var edit = $"/admins/{await IdAsync("luc")}";
        var shown = (await browser.GetAsync(edit)).Document.QuerySelector<IHtmlTextAreaElement>("#domains")!.Value;
        await browser.SubmitAsync(edit, ("Domains", names[7]));

        Assert.Equal(names, shown.Split('\n'));
        Assert.Equal([names[7]], (await _panel.Get<AdminRepository>().FindAsync(await IdAsync("luc")))!.Domains.Select(d => d.Value));
    }
}
