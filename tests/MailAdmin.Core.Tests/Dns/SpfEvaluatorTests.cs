using System.Net;
using MailAdmin.Core.Dns;
using MailAdmin.Testing.Dns;

namespace MailAdmin.Core.Tests.Dns;

/// <summary>RFC 7208, for the parts that a domain's DNS page depends on.</summary>
[Trait("Lane", "unit")]
public sealed class SpfEvaluatorTests
{
    private static readonly IPAddress Host = IPAddress.Parse("192.0.2.10");

    [Theory]
    [InlineData("v=spf1 ip4:192.0.2.10 -all", SpfVerdict.Pass)]
    [InlineData("v=spf1 ip4:192.0.2.0/28 -all", SpfVerdict.Pass)]
    [InlineData("v=spf1 ip4:192.0.2.0/29 -all", SpfVerdict.Fail)]
    [InlineData("V=SPF1 MX -ALL", SpfVerdict.Pass)]
    [InlineData("v=spf1 a:mail.example.org ~all", SpfVerdict.Pass)]
    [InlineData("v=spf1 a:mail.example.org/24 ~all", SpfVerdict.Pass)]
    [InlineData("v=spf1 a ~all", SpfVerdict.SoftFail)]
    [InlineData("v=spf1 -mx +all", SpfVerdict.Fail)]
    [InlineData("v=spf1 include:_spf.example.org -all", SpfVerdict.Pass)]
    [InlineData("v=spf1 include:closed.example.org ?all", SpfVerdict.Neutral)]
    [InlineData("v=spf1 redirect=_spf.example.org", SpfVerdict.Pass)]
    [InlineData("v=spf1 unknown=x mx", SpfVerdict.Pass)]
    [InlineData("v=spf1 exists:%{i}.example.org ptr mx -all", SpfVerdict.Pass)]
    [InlineData("v=spf1", SpfVerdict.Neutral)]
    [InlineData("v=spf1 ip4:192.0.2.300 -all", SpfVerdict.Malformed)]
    [InlineData("v=spf1 ip5:192.0.2.10 -all", SpfVerdict.Malformed)]
    [InlineData("v=spf1 include: -all", SpfVerdict.Malformed)]
    [InlineData("v=spf1 include:nothing.example.org -all", SpfVerdict.Malformed)]
    [InlineData("v=spf1 ip6:2001:db8::/32 -all", SpfVerdict.Fail)]
    public async Task A_record_says_what_receivers_read_in_it(string record, SpfVerdict verdict)
    {
        var zones = Zones().Add($"exemple.be TXT {record}");

        Assert.Equal(verdict, await EvaluateAsync(zones));
    }

    [Fact]
    public async Task Other_texts_are_no_record_and_a_second_record_spoils_the_first()
    {
        var zones = Zones().Add("exemple.be TXT site-verification=1", "exemple.be TXT v=spf10 mx");
        Assert.Equal(SpfVerdict.None, await EvaluateAsync(zones));

        zones.Add("exemple.be TXT v=spf1 mx -all", "exemple.be TXT v=spf1 include:_spf.example.org -all");
        Assert.Equal(SpfVerdict.Several, await EvaluateAsync(zones));
    }

    [Theory]
    [InlineData(9, SpfVerdict.Pass)]
    [InlineData(10, SpfVerdict.TooManyLookups)]
    public async Task The_eleventh_lookup_ends_it(int others, SpfVerdict verdict)
    {
        var zones = Zones();
        var includes = Enumerable.Range(1, others).Select(n => $"include:s{n}.example.net").ToList();
        foreach (var n in Enumerable.Range(1, others)) zones.Add($"s{n}.example.net TXT v=spf1 ip4:198.51.100.{n} -all");
        zones.Add($"exemple.be TXT v=spf1 {string.Join(' ', includes)} mx -all");

        Assert.Equal(verdict, await EvaluateAsync(zones));
    }

    [Fact]
    public async Task A_loop_of_includes_ends()
    {
        var zones = Zones().Add("exemple.be TXT v=spf1 include:exemple.be mx");

        Assert.Equal(SpfVerdict.TooManyLookups, await EvaluateAsync(zones));
    }

    [Fact]
    public async Task The_hosters_name_counts_wherever_it_is_included_whatever_it_lists()
    {
        var zones = Zones().Add(
            "exemple.be TXT v=spf1 include:all.example.net -all", "all.example.net TXT v=spf1 include:_spf.hoster.example -all");

        Assert.Equal(SpfVerdict.Pass, await EvaluateAsync(zones, "_spf.hoster.example"));
    }

    [Fact]
    public async Task An_unanswered_question_leaves_it_unknown()
    {
        var zones = Zones().Add("exemple.be TXT v=spf1 include:_spf.example.org -all");
        zones.Silence("_spf.example.org");

        Assert.Equal(SpfVerdict.Unknown, await EvaluateAsync(zones));
    }

    [Theory]
    [InlineData("2001:db8::10", "v=spf1 ip6:2001:db8::/32 -all", SpfVerdict.Pass)]
    [InlineData("2001:db8::10", "v=spf1 a:mail.example.org -all", SpfVerdict.Pass)]
    [InlineData("2001:db8::11", "v=spf1 a:mail.example.org//64 -all", SpfVerdict.Pass)]
    [InlineData("2001:db8::11", "v=spf1 a:mail.example.org -all", SpfVerdict.Fail)]
    public async Task A_host_may_send_by_ipv6(string address, string record, SpfVerdict verdict) => Assert.Equal(
        verdict, await new SpfEvaluator(Zones().Add($"exemple.be TXT {record}"), DnsAuthorities.None, IPAddress.Parse(address), null)
            .EvaluateAsync("exemple.be", TestContext.Current.CancellationToken));

    private static ZoneTable Zones() => new ZoneTable().Add(
        "exemple.be MX 10 mail.example.org", "mail.example.org A 192.0.2.10", "mail.example.org AAAA 2001:db8::10",
        "_spf.example.org TXT v=spf1 ip4:192.0.2.10 -all", "closed.example.org TXT v=spf1 -all");

    private static Task<SpfVerdict> EvaluateAsync(ZoneTable zones, string? trusted = null) =>
        new SpfEvaluator(zones, DnsAuthorities.None, Host, trusted).EvaluateAsync("exemple.be", TestContext.Current.CancellationToken);
}
