using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Testing.Dns;
using MailAdmin.Web.Features.Dns;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Dns;

public sealed class DnsTests : IDisposable
{
    private const string Path = "/domains/exemple.be/dns";

    private static readonly string[] Right =
    [
        "mx.example.org A 192.0.2.10", "exemple.be MX 10 mx.example.org", "exemple.be TXT v=spf1 mx -all",
        "_dmarc.exemple.be TXT v=DMARC1; p=none", "_imaps._tcp.exemple.be SRV 0 1 993 mx.example.org",
        "_pop3s._tcp.exemple.be SRV 0 1 995 mx.example.org", "_submissions._tcp.exemple.be SRV 0 1 465 mx.example.org",
    ];

    private readonly ZoneTable _zones = new();
    private readonly PanelApplication _panel;

    public DnsTests() => _panel = new() { Zones = _zones };

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_domain_that_has_everything_is_all_green_and_asks_for_nothing()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();
        _zones.Add(Right);

        var page = await browser.GetAsync(Path);

        Said.In(DnsTexts.AllRight, page.Text);
        Assert.All(page.Document.QuerySelectorAll(".dns .chip"), c => Assert.Contains("ok", c.ClassList));
        Assert.Null(page.Document.GetElementById("letter"));
        Said.In(DnsTexts.AskedAuthorities, page.Text, "ns1.example.org");
    }

    [Fact]
    public async Task A_domain_that_has_nothing_gets_a_message_and_a_zone_file_with_all_of_it()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();
        _zones.Add("mx.example.org A 192.0.2.10");

        var page = await browser.GetAsync(Path);
        var zone = await browser.GetAsync(Path + "/zone");

        Said.In(DnsTexts.MxMissing, page.Text);
        var letter = page.Document.GetElementById("letter")!.TextContent;
        Assert.Contains("exemple.be   MX   10 mx.example.org.", letter, StringComparison.Ordinal);
        Assert.Contains("exemple.be. 3600 IN MX 10 mx.example.org.\n", zone.Html, StringComparison.Ordinal);
        Assert.Equal("exemple.be.zone", zone.Response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(6, zone.Html.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task What_differs_is_shown_beside_what_is_wanted_and_the_message_replaces_it()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync(with: d => d with { NextHop = NextHop.Parse("smtp:[old.example.net]:25") });
        _zones.Add(Right[2..]).Add("mx.example.org A 192.0.2.10", "exemple.be MX 5 old.example.net");

        var page = await browser.GetAsync(Path);

        Said.In(DnsTexts.MxFormer, page.Text, "old.example.net");
        Said.In(DnsTexts.IfChangedNow, page.Text);
        var letter = page.Document.GetElementById("letter")!.TextContent;
        var own = letter.IndexOf("10 mx.example.org.", StringComparison.Ordinal);
        Assert.InRange(letter.IndexOf("5 old.example.net.", StringComparison.Ordinal), 1, own);
    }

    [Fact]
    public async Task Nobody_who_answers_is_told_and_the_records_are_shown_all_the_same()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();
        _zones.Silence("*");

        var page = await browser.GetAsync(Path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Said.In(DnsTexts.NobodyAnswered, page.Text);
        Assert.All(page.Document.QuerySelectorAll(".dns .chip"), c => Assert.Equal(DnsTexts.StateUnknown, c.TextContent));
        Assert.Contains("10 mx.example.org.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_other_name_of_the_domain_has_records_of_its_own_and_a_strange_one_has_no_page()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("café.example")], Actor.Panel);
        _zones.Add(Right);

        var first = await browser.GetAsync(Path);
        var other = await browser.GetAsync(Path + "?name=xn--caf-dma.example");

        Assert.NotNull(first.Document.QuerySelector("main nav a[href$='name=xn--caf-dma.example']"));
        Assert.Contains("café.example", other.Title, StringComparison.Ordinal);
        Said.In(DnsTexts.MxMissing, other.Text);
        Assert.Contains("_imaps._tcp.xn--caf-dma.example", other.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Path + "?name=voisin.example")).Status);
    }

    [Fact]
    public async Task A_panel_that_asks_nobody_shows_what_is_wanted()
    {
        using var panel = new PanelApplication();
        var browser = await panel.SignedInAsync();
        await panel.AddDomainAsync();

        var page = await browser.GetAsync(Path);

        Said.In(DnsTexts.Off, page.Text);
        Assert.Contains("10 mx.example.org.", page.Text, StringComparison.Ordinal);
    }
}
