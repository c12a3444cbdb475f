using MailAdmin.Testing.Dns;
using MailAdmin.Web.Features.Dns;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en"), Trait("Lane", "servers")]
public sealed class DnsCommandTests : IDisposable
{
    private const string Zone = """
        @ IN MX 10 mail.example.org.
        @ IN TXT "v=spf1 mx -all"
        _dmarc IN TXT "v=DMARC1; p=none"
        _imaps._tcp IN SRV 0 1 993 mail.example.org.
        """;

    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task What_differs_is_told_with_the_exit_code_1()
    {
        await _panel.AddDomainAsync();
        await using var server = await NameServer.StartAsync(("example.org", "mail IN A 192.0.2.10"), ("exemple.be", Zone));
        _panel.Resolver = server.Address.ToString();

        var told = (await _panel.RunAsync("dns", "exemple.be")).Ends(1);
        var json = (await _panel.RunAsync("dns", "exemple.be", "--json")).Ends(1).Json;

        Said.In(DnsTexts.ServiceMissing, told.Output);
        Assert.Contains("TXT exemple.be", told.Output, StringComparison.Ordinal);
        var records = json["names"]![0]!["records"]!.AsArray();
        Assert.Contains(records, r => (string?)r!["purpose"] == "mx" && (string?)r["state"] == "right");
        Assert.Contains(records, r => (string?)r!["purpose"] == "submissions" && (string?)r["state"] == "missing");
        Assert.Equal("ns1.exemple.be", (string?)json["names"]![0]!["authorities"]![0]);
    }

    [Fact]
    public async Task Without_an_answer_it_ends_with_3_and_an_unknown_domain_is_refused()
    {
        await _panel.AddDomainAsync();

        (await _panel.RunAsync("dns", "exemple.be")).Ends(3);
        (await _panel.RunAsync("dns", "voisin.example")).Ends(1);
        (await _panel.RunAsync("dns", "-")).Ends(1);
    }
}
