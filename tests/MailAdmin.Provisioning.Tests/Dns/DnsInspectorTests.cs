using System.Net;
using System.Net.Sockets;
using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Provisioning.Dns;
using MailAdmin.Testing.Dns;

namespace MailAdmin.Provisioning.Tests.Dns;

/// <summary>The inspection of domains whose zones a real name server keeps.</summary>
public sealed class DnsInspectorTests : IAsyncLifetime
{
    private const string Host = """
        mail IN A 192.0.2.10
        mail IN AAAA 2001:db8::10
        alias IN CNAME mail
        _spf IN TXT "v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 -all"
        mail._domainkey IN TXT "v=DKIM1; k=rsa; " "p=AAAA"
        """;

    private const string Right = """
        @ 300 IN MX 10 mail.example.org.
        @ IN TXT "v=spf1 include:_spf.exam" "ple.org -all"
        @ IN TXT "site-verification=1"
        _dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@exemple.be"
        mail._domainkey IN CNAME mail._domainkey.example.org.
        imap IN CNAME mail.example.org.
        smtp IN A 192.0.2.10
        smtp IN AAAA 2001:db8::10
        _imaps._tcp IN SRV 0 1 993 mail.example.org.
        _submissions._tcp IN SRV 0 1 465 mail.example.org.
        """;

    private static readonly ClientHosts Hosts = new("imap.exemple.be", null, "smtp.exemple.be");
    private NameServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await NameServer.StartAsync(
        ("example.org", Host),
        ("exemple.be", Right),
        ("xn--caf-dma.example", "@ IN MX 10 mail.example.org."),
        ("vide.example", ""),
        ("leer.example", "www IN A 192.0.2.1"),
        ("alt.example", "@ 86400 IN MX 10 old.example.net."),
        ("both.example", "@ IN MX 10 mail.example.org.\n@ IN MX 20 old.example.net.\n@ IN TXT \"v=spf1 ip4:198.51.100.1 -all\""),
        ("cname.example", "@ IN MX 10 alias.example.org."),
        ("null.example", "@ IN MX 0 .\n@ IN TXT \"v=spf1 mx -all\"\n@ IN TXT \"v=spf1 -all\""),
        ("own.example", "@ IN MX 10 mx.own.example.\nmx IN A 192.0.2.10"),
        ("other.example", "@ IN MX 10 mx.other.example.\nmx IN A 198.51.100.1"),
        ("lost.example", "@ IN MX 10 nowhere.example.org."),
        ("long.example", "@ IN MX 10 mail.example.org.\n" + string.Concat(
            Enumerable.Range(1, 20).Select(n => $"@ IN TXT \"filler-{n}-{new string('x', 200)}\"\n")) + "@ IN TXT \"v=spf1 mx -all\""));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_domain_with_all_records_is_right_as_its_own_servers_say()
    {
        var found = await InspectAsync("exemple.be");

        Assert.All(found.Records, r => Assert.True(r.State == RecordState.Right, $"{r.Wanted.Purpose}: {r.State} {r.Remark}"));
        Assert.Equal(["ns1.exemple.be"], found.Authorities);
        Assert.Equal(TimeSpan.FromMinutes(5), found.Mx!.TimeToLive);
        Assert.Equal("v=spf1 include:_spf.example.org -all", FindingOf(found, DnsPurpose.Spf).Found[0].Data);
    }

    [Theory]
    [InlineData("leer.example", RecordState.Missing, RecordRemark.Missing, null)]
    [InlineData("alt.example", RecordState.Differs, RecordRemark.FormerServer, "old.example.net")]
    [InlineData("both.example", RecordState.AlsoOthers, RecordRemark.AlsoOthers, "old.example.net")]
    [InlineData("cname.example", RecordState.Differs, RecordRemark.TargetIsAlias, "alias.example.org")]
    [InlineData("null.example", RecordState.Differs, RecordRemark.RefusesMail, null)]
    [InlineData("own.example", RecordState.Right, RecordRemark.RightByAddress, "mx.own.example")]
    [InlineData("other.example", RecordState.Differs, RecordRemark.Other, "mx.other.example")]
    [InlineData("lost.example", RecordState.Differs, RecordRemark.Other, "nowhere.example.org")]
    [InlineData("café.example", RecordState.Right, RecordRemark.Right, null)]
    [InlineData("vide.example", RecordState.Unknown, RecordRemark.Failed, "SERVFAIL")]
    [InlineData("unknown.example", RecordState.Unknown, RecordRemark.Failed, "REFUSED")]
    public async Task Where_mail_goes_is_told(string name, RecordState state, RecordRemark remark, string? subject)
    {
        var found = await InspectAsync(name);

        Assert.Equal((state, remark, subject), (found.Mx!.State, found.Mx.Remark, found.Mx.Subject));
    }

    [Fact]
    public async Task Missing_records_say_how_long_their_absence_is_remembered_and_what_to_add()
    {
        var found = await InspectAsync("leer.example");

        Assert.Equal(TimeSpan.FromSeconds(900), found.Mx!.TimeToLive);
        Assert.All(found.Records, r => Assert.NotEmpty(r.Proposed));
        Assert.Equal(RecordState.Missing, FindingOf(found, DnsPurpose.Dmarc).State);
    }

    [Fact]
    public async Task An_spf_record_of_others_is_extended_and_two_are_told()
    {
        var others = FindingOf(await InspectAsync("both.example"), DnsPurpose.Spf);
        Assert.Equal(RecordRemark.NotAllowed, others.Remark);
        Assert.Equal("v=spf1 include:_spf.example.org ip4:198.51.100.1 -all", others.Proposed[0].Data);

        var several = FindingOf(await InspectAsync("null.example"), DnsPurpose.Spf);
        Assert.Equal(RecordRemark.Several, several.Remark);
        Assert.Equal("v=spf1 include:_spf.example.org mx -all", several.Proposed[0].Data);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_for_udp_comes_by_tcp()
    {
        var spf = FindingOf(await InspectAsync("long.example", spfInclude: null), DnsPurpose.Spf);

        Assert.Equal(RecordState.Right, spf.State);
        Assert.Single(spf.Found);
    }

    [Fact]
    public async Task A_resolver_that_never_answers_costs_no_more_than_the_deadline()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var started = TimeProvider.System.GetTimestamp();

        var found = await InspectAsync("exemple.be", silent.LocalEndPoint!.ToString(), deadline: TimeSpan.FromSeconds(1));

        Assert.All(found.Records, r => Assert.Equal(RecordRemark.Silent, r.Remark));
        Assert.Null(found.Server);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_silent_too()
    {
        var found = await InspectAsync("exemple.be", $"127.0.0.1:{LoopbackPort.Free()}");

        Assert.All(found.Records, r => Assert.Equal(RecordState.Unknown, r.State));
    }

    private static RecordFinding FindingOf(NameInspection found, DnsPurpose purpose) =>
        found.Records.Single(r => r.Wanted.Purpose == purpose);

    private async Task<NameInspection> InspectAsync(
        string name, string? resolver = null, TimeSpan? deadline = null, string? spfInclude = "_spf.example.org")
    {
        var options = new DnsOptions
        {
            Resolvers = [resolver ?? _server.Address.ToString()],
            Deadline = deadline ?? TimeSpan.FromSeconds(20),
            Timeout = TimeSpan.FromSeconds(5),
            SpfInclude = spfInclude,
            DkimSelector = "mail",
            DkimHost = "mail._domainkey.example.org",
        };
        using var lookup = new DnsClientLookup(options);
        var inspector = new DnsInspector(lookup, options, new MailHostNames(DomainName.Parse("mail.example.org")), TimeProvider.System);
        return await inspector.InspectAsync(
            DomainName.Parse(name), Hosts, "old.example.net", isFresh: true, TestContext.Current.CancellationToken);
    }
}
