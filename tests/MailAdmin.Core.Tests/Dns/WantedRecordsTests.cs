using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;

namespace MailAdmin.Core.Tests.Dns;

[Trait("Lane", "unit")]
public sealed class WantedRecordsTests
{
    private static readonly DnsPolicy Policy = new() { MailExchangers = [DomainName.Parse("mail.example.org")] };

    [Fact]
    public void A_domain_gets_the_records_of_its_hoster()
    {
        var lines = Lines(Policy, "exemple.be", new("mail.example.org", "mail.example.org", "mail.example.org"));

        Assert.Equal(
            [
                "exemple.be. 3600 IN MX 10 mail.example.org.",
                "exemple.be. 3600 IN TXT \"v=spf1 mx -all\"",
                "_dmarc.exemple.be. 3600 IN TXT \"v=DMARC1; p=none\"",
                "_imaps._tcp.exemple.be. 3600 IN SRV 0 1 993 mail.example.org.",
                "_pop3s._tcp.exemple.be. 3600 IN SRV 0 1 995 mail.example.org.",
                "_submissions._tcp.exemple.be. 3600 IN SRV 0 1 465 mail.example.org.",
            ],
            lines);
    }

    [Fact]
    public void Names_in_the_customers_domain_lead_to_the_host_and_services_name_the_host_itself()
    {
        var lines = Lines(Policy, "exemple.be", new("imap.exemple.be", null, "smtp.exemple.be"));

        Assert.Contains("imap.exemple.be. 3600 IN CNAME mail.example.org.", lines);
        Assert.Contains("smtp.exemple.be. 3600 IN CNAME mail.example.org.", lines);
        Assert.Contains("_imaps._tcp.exemple.be. 3600 IN SRV 0 1 993 mail.example.org.", lines);
        Assert.Contains("_pop3s._tcp.exemple.be. 3600 IN SRV 0 0 0 .", lines);
        Assert.DoesNotContain(
            Lines(Policy, "exemple.com", new("imap.exemple.be", null, "smtp.exemple.be")),
            l => l.StartsWith("imap.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_hoster_may_name_several_hosts_an_include_a_key_and_a_host_for_automatic_set_up()
    {
        var policy = new DnsPolicy
        {
            MailExchangers = [DomainName.Parse("mx1.example.org"), DomainName.Parse("mx2.example.org")],
            SpfInclude = "_spf.example.org",
            DkimKeys = [new("mail", "mail._domainkey.example.org")],
            AutoconfigHost = DomainName.Parse("autoconfig.example.org"),
        };

        var lines = Lines(policy, "café.example", new(null, null, null));

        Assert.Contains("xn--caf-dma.example. 3600 IN MX 20 mx2.example.org.", lines);
        Assert.Contains("xn--caf-dma.example. 3600 IN TXT \"v=spf1 include:_spf.example.org -all\"", lines);
        Assert.Contains("mail._domainkey.xn--caf-dma.example. 3600 IN CNAME mail._domainkey.example.org.", lines);
        Assert.Contains("autoconfig.xn--caf-dma.example. 3600 IN CNAME autoconfig.example.org.", lines);
    }

    [Fact]
    public void A_long_text_is_several_strings_and_quotes_are_escaped()
    {
        var line = ZoneFragment.Of([new("a.example", DnsType.Txt, new string('x', 300) + "\"\\")], TimeSpan.FromMinutes(5));

        Assert.Equal($"a.example. 300 IN TXT \"{new string('x', 255)}\" \"{new string('x', 45)}\\\"\\\\\"\n", line);
    }

    private static string[] Lines(DnsPolicy policy, string name, ClientHosts hosts) => ZoneFragment.Of(
        WantedRecords.Of(policy, DomainName.Parse(name), hosts).SelectMany(w => w.Records), TimeSpan.FromHours(1))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
