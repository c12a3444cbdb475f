using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>A mailbox becomes what it is wished to be, and goes again.</summary>
[Collection(nameof(CyrusServers))]
public sealed class CyrusMailboxesTests(CyrusFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "user/", "Sent", "Archives/2025")]
    [InlineData(false, "user.", "INBOX.Sent", "INBOX.Archives.2025")]
    // C138, C066
    public async Task A_wish_becomes_mailbox_rights_quota_and_subscribed_folders(bool slashes, string prefix, string sent, string deep)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        var name = Specs.NewName();
        using var provisioner = new Provisioner(cyrus.Options());

        await provisioner.Mailboxes.EnsureAsync(Specs.Of(name, 25000, "Sent", "Archives/2025", "Éléments envoyés"), Cancellation);

        await using var admin = await RawImap.SignInAsync(cyrus);
        Assert.Equal($"* ACL {prefix}{name} {name} lrswipkxtecdan", (await admin.OkAsync($"GETACL {prefix}{name}"))[0]);
        Assert.Equal($"* QUOTA {prefix}{name} (STORAGE 0 25000)", (await admin.OkAsync($"GETQUOTAROOT {prefix}{name}"))[1]);
        await using var owner = await RawImap.SignInAsync(cyrus, name);
        await owner.OkAsync("SELECT INBOX");
        var subscribed = await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"");
        Assert.Equal(4, subscribed.Count);
        Assert.DoesNotContain(subscribed, line => line.Contains("NonExistent", StringComparison.Ordinal));
        Assert.Contains(subscribed, line => line.EndsWith($" {sent}", StringComparison.Ordinal));
        Assert.Contains(subscribed, line => line.EndsWith($" {deep}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_second_time_nothing_is_changed()
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        using var provisioner = new Provisioner(cyrus.Options(wire.Port));
        var spec = Specs.Of(Specs.NewName(), 25000, "Sent", "Trash");
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        wire.Forget();

        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);

        Assert.Equal(
            ["GETMETADATA", "GETACL", "GETQUOTAROOT", "AUTHENTICATE", "NAMESPACE", "SUBSCRIBE", "SUBSCRIBE"],
            wire.Sent.Select(command => command.Split(' ')[0]), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_share_the_connections_and_the_same_one_twice_at_once_is_one()
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        var options = cyrus.Options(wire.Port);
        options.Connections = 2;
        using var provisioner = new Provisioner(options);
        var names = Enumerable.Range(0, 20).Select(_ => Specs.NewName()).ToList();

        await Task.WhenAll(names.Concat(names).Select(name => provisioner.Mailboxes.EnsureAsync(Specs.Of(name, 25000), Cancellation)));

        await using var admin = await RawImap.SignInAsync(cyrus);
        foreach (var name in names)
            Assert.Equal($"* QUOTA user/{name} (STORAGE 0 25000)", (await admin.OkAsync($"GETQUOTAROOT user/{name}"))[1]);
        Assert.Equal(2, wire.Sent.Count(command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal)));
    }

    [Fact]
    // C122: the server offers STARTTLS on the plain port. TLS starts with the first octet or not at all.
    public async Task TLS_comes_first_or_never()
    {
        var cyrus = await fixture.ServerAsync();
        using var secured = new Provisioner(cyrus.Options(cyrus.TlsPort));
        await secured.Mailboxes.EnsureAsync(Specs.Of(Specs.NewName(), 25000, "Sent"), Cancellation);

        using var wire = new WireProxy(cyrus.Port);
        using var plain = new Provisioner(cyrus.Options(wire.Port));
        await plain.Mailboxes.EnsureAsync(Specs.Of(Specs.NewName(), 25000), Cancellation);

        Assert.DoesNotContain(wire.Sent, command => command.Contains("TLS", StringComparison.OrdinalIgnoreCase));
    }
}
