using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Tests.Cyrus;

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
        var name = Wishes.NewName();
        using var provisioner = new Provisioner(cyrus.Options());

        await provisioner.Mailboxes.EnsureAsync(Wishes.Of(name, 25000, "Sent", "Archives/2025", "Éléments envoyés"), Cancellation);

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
        var wish = Wishes.Of(Wishes.NewName(), 25000, "Sent", "Trash");
        await provisioner.Mailboxes.EnsureAsync(wish, Cancellation);
        wire.Forget();

        await provisioner.Mailboxes.EnsureAsync(wish, Cancellation);

        Assert.Equal(["CREATE", "GETACL", "GETQUOTAROOT", "AUTHENTICATE", "NAMESPACE", "SUBSCRIBE", "SUBSCRIBE"], wire.Sent.Select(command => command.Split(' ')[0]), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Rights_that_the_owner_took_from_himself_come_back_and_others_stay()
    {
        var cyrus = await fixture.ServerAsync();
        var name = Wishes.NewName();
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(Wishes.Of(name, 25000), Cancellation);
        await using var admin = await RawImap.SignInAsync(cyrus);
        await admin.OkAsync($"SETACL user/{name} {name} lr");
        await admin.OkAsync($"SETACL user/{name} anyone p");

        await provisioner.Mailboxes.EnsureAsync(Wishes.Of(name, 25000), Cancellation);

        var rights = (await admin.OkAsync($"GETACL user/{name}"))[0];
        Assert.Contains($" {name} lrswipkxtecdan", rights, StringComparison.Ordinal);
        Assert.Contains(" anyone p", rights, StringComparison.Ordinal);
    }

    [Fact]
    // C074: to the KiB; 0 takes nothing, null is no limit.
    public async Task Every_limit_arrives_to_the_unit_and_can_be_taken_away()
    {
        var cyrus = await fixture.ServerAsync();
        var name = Wishes.NewName();
        using var provisioner = new Provisioner(cyrus.Options());
        await using var admin = await RawImap.SignInAsync(cyrus);

        foreach (long? kib in (long?[])[25001, 1500, 999999, 0, null, int.MaxValue, null])
        {
            await provisioner.Mailboxes.EnsureAsync(Wishes.Of(name, kib), Cancellation);

            var limits = kib is null ? "()" : $"(STORAGE 0 {kib})";
            Assert.Equal($"* QUOTA user/{name} {limits}", (await admin.OkAsync($"GETQUOTAROOT user/{name}"))[1]);
        }
    }

    [Fact]
    // C070
    public async Task A_limit_below_what_is_used_is_set()
    {
        var cyrus = await fixture.ServerAsync();
        var name = Wishes.NewName();
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(Wishes.Of(name, 20000), Cancellation);
        await using var owner = await RawImap.SignInAsync(cyrus, name);
        await owner.AppendAsync("INBOX", 60 * 1024);

        await provisioner.Mailboxes.EnsureAsync(Wishes.Of(name, 50), Cancellation);

        Assert.Equal($"* QUOTA INBOX (STORAGE 60 50)", (await owner.OkAsync("GETQUOTAROOT INBOX"))[1]);
    }

    [Fact]
    public async Task A_limit_beyond_what_Cyrus_can_read_is_refused_before_it_ends_the_connection()
    {
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());

        var refusal = await Assert.ThrowsAsync<CyrusRefusedException>(() => provisioner.Mailboxes.EnsureAsync(Wishes.Of(Wishes.NewName(), 1L << 40), Cancellation));

        Assert.Equal(CyrusStep.Quota, refusal.Step);
    }

    [Fact]
    // C136
    public async Task A_dot_in_a_name_is_no_level_where_slashes_separate_and_refused_where_dots_do()
    {
        var wish = Wishes.Of("gugus.dupont.exemple.be", 25000);
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(wish, Cancellation);
        await using var owner = await RawImap.SignInAsync(cyrus, wish.Username.Value);
        await owner.OkAsync("SELECT INBOX");

        using var dotted = new Provisioner((await fixture.ServerAsync(slashes: false)).Options());
        var refusal = await Assert.ThrowsAsync<CyrusRefusedException>(() => dotted.Mailboxes.EnsureAsync(wish, Cancellation));

        Assert.Equal(CyrusStep.Name, refusal.Step);
    }

    [Fact]
    public async Task A_folder_that_the_owner_deleted_or_left_comes_back_subscribed()
    {
        var cyrus = await fixture.ServerAsync();
        var wish = Wishes.Of(Wishes.NewName(), 25000, "Sent", "Trash");
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(wish, Cancellation);
        await using var owner = await RawImap.SignInAsync(cyrus, wish.Username.Value);
        await owner.OkAsync("DELETE Sent");
        await owner.OkAsync("UNSUBSCRIBE Trash");

        await provisioner.Mailboxes.EnsureAsync(wish, Cancellation);

        var subscribed = await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"");
        Assert.Equal(3, subscribed.Count);
        Assert.DoesNotContain(subscribed, line => line.Contains("NonExistent", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "user/", '/')]
    [InlineData(false, "user.", '.')]
    // C134, C140: the administrator has no right on it, and there are 30 folders deep and wide.
    public async Task Removal_takes_all_folders_along_and_is_a_success_again(bool slashes, string prefix, char separator)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        var wish = Wishes.Of(Wishes.NewName(), 25000);
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(wish, Cancellation);
        await using var admin = await RawImap.SignInAsync(cyrus);
        var mailbox = prefix + wish.Username;
        for (var i = 0; i < 10; i++) await admin.OkAsync($"CREATE {mailbox}{separator}a{i}{separator}b{separator}c");
        await admin.OkAsync($"CREATE {prefix}{wish.Username}x");

        await provisioner.Mailboxes.RemoveAsync(wish.Username, Cancellation);
        await provisioner.Mailboxes.RemoveAsync(wish.Username, Cancellation);

        var left = await admin.OkAsync($"LIST \"\" \"{mailbox}*\"");
        Assert.Equal(2, left.Count);
        Assert.EndsWith($"{wish.Username}x", left[0], StringComparison.Ordinal);
        await provisioner.Mailboxes.EnsureAsync(wish, Cancellation);
        await admin.OkAsync($"GETACL {mailbox}");
    }

    [Fact]
    public async Task Many_at_once_share_the_connections_and_the_same_one_twice_at_once_is_one()
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        var options = cyrus.Options(wire.Port);
        options.Connections = 2;
        using var provisioner = new Provisioner(options);
        var names = Enumerable.Range(0, 20).Select(_ => Wishes.NewName()).ToList();

        await Task.WhenAll(names.Concat(names).Select(name => provisioner.Mailboxes.EnsureAsync(Wishes.Of(name, 25000), Cancellation)));

        await using var admin = await RawImap.SignInAsync(cyrus);
        foreach (var name in names) Assert.Equal($"* QUOTA user/{name} (STORAGE 0 25000)", (await admin.OkAsync($"GETQUOTAROOT user/{name}"))[1]);
        Assert.Equal(2, wire.Sent.Count(command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal)));
    }

    [Fact]
    // C122: the server offers STARTTLS on the plain port; TLS is from the first octet or not at all.
    public async Task TLS_comes_first_or_never()
    {
        var cyrus = await fixture.ServerAsync();
        using var secured = new Provisioner(cyrus.Options(cyrus.TlsPort));
        await secured.Mailboxes.EnsureAsync(Wishes.Of(Wishes.NewName(), 25000, "Sent"), Cancellation);

        using var wire = new WireProxy(cyrus.Port);
        using var plain = new Provisioner(cyrus.Options(wire.Port));
        await plain.Mailboxes.EnsureAsync(Wishes.Of(Wishes.NewName(), 25000), Cancellation);

        Assert.DoesNotContain(wire.Sent, command => command.Contains("TLS", StringComparison.OrdinalIgnoreCase));
    }
}
