using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Provisioning.Dns;
using MailAdmin.Testing.Dns;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Dns;

[Trait("Lane", "unit")]
public sealed class KeptInspectionTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ZoneTable _zones = new ZoneTable { TimeToLive = TimeSpan.FromHours(8) }
        .Add("exemple.be MX 10 old.example.net", "mail.example.org A 192.0.2.10");

    [Fact]
    public async Task Many_who_look_at_once_ask_once_and_check_again_asks_again()
    {
        var inspector = Inspector();
        await InspectAsync(inspector);
        var once = _zones.Questions;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => InspectAsync(inspector, isFresh: true)));
        Assert.Equal(once, _zones.Questions);

        _clock.Advance(TimeSpan.FromSeconds(2));
        await InspectAsync(inspector);
        Assert.Equal(once, _zones.Questions);
        await InspectAsync(inspector, isFresh: true);
        Assert.Equal(2 * once, _zones.Questions);

        _clock.Advance(TimeSpan.FromSeconds(21));
        await InspectAsync(inspector);
        Assert.Equal(3 * once, _zones.Questions);
    }

    [Fact]
    public async Task After_the_mx_has_changed_it_is_known_when_the_last_cache_forgets_the_former_one()
    {
        var inspector = Inspector();
        Assert.Null((await InspectAsync(inspector)).FormerMxForgottenAt);
        _clock.Advance(TimeSpan.FromMinutes(10));
        _zones.Clear();
        _zones.Add("exemple.be MX 10 mail.example.org", "mail.example.org A 192.0.2.10");
        var seen = _clock.GetUtcNow();

        Assert.Equal(seen + TimeSpan.FromHours(8), (await InspectAsync(inspector)).FormerMxForgottenAt);

        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(seen + TimeSpan.FromHours(8), (await InspectAsync(inspector)).FormerMxForgottenAt);
    }

    private DnsInspector Inspector() =>
        new(_zones, new DnsOptions(), new MailHostNames(DomainName.Parse("mail.example.org")), _clock);

    private static Task<NameInspection> InspectAsync(DnsInspector inspector, bool isFresh = false) => inspector.InspectAsync(
        DomainName.Parse("exemple.be"), new ClientHosts("mail.example.org", null, null), "old.example.net", isFresh,
        TestContext.Current.CancellationToken);
}
