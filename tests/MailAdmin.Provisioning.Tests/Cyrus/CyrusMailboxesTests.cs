using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Testing.Servers;

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

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "INBOX.")]
    public async Task Default_folders_are_marked_with_what_their_names_say_in_each_language_and_one_use_has_one_folder(
        bool slashes, string top)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        var name = Specs.NewName();
        using var provisioner = new Provisioner(cyrus.Options());

        await provisioner.Mailboxes.EnsureAsync(
            Specs.Of(name, 25000, "Envoyés", "Concepten", "Papierkorb", "Junk", "Sent", "Projets"), Cancellation);

        await using var owner = await RawImap.SignInAsync(cyrus, name);
        var uses = (await owner.OkAsync("LIST (SPECIAL-USE) \"\" \"*\" RETURN (SPECIAL-USE)"))
            .Where(l => l.StartsWith("* LIST", StringComparison.Ordinal));
        Assert.Equal(
            [$"\\Drafts {top}Concepten", $"\\Junk {top}Junk", $"\\Sent {top}Envoy&AOk-s", $"\\Trash {top}Papierkorb"],
            uses.Select(l => $"\\{l.Split('\\')[^1].Split(')')[0]} {l.Split(' ')[^1]}").Order(StringComparer.Ordinal));
        Assert.Equal(7, (await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"")).Count);
    }

    // C142
    [Fact]
    public async Task Mailbox_rights_and_quota_have_the_very_same_name_whether_the_server_knows_virtual_domains_or_not()
    {
        foreach (var cyrus in (PrivateCyrus[])[await fixture.ServerAsync(), await fixture.WithVirtualDomainsAsync()])
        {
            var name = Specs.NewName();
            using var provisioner = new Provisioner(cyrus.Options());

            await provisioner.Mailboxes.EnsureAsync(Specs.Of(name, 25000, "Sent"), Cancellation);

            await using var admin = await RawImap.SignInAsync(cyrus);
            Assert.Equal($"* ACL user/{name} {name} lrswipkxtecdan", (await admin.OkAsync($"GETACL user/{name}"))[0]);
            Assert.Equal($"* QUOTA user/{name} (STORAGE 0 25000)", (await admin.OkAsync($"GETQUOTAROOT user/{name}"))[1]);
            await using var owner = await RawImap.SignInAsync(cyrus, name);
            await owner.OkAsync("SELECT INBOX");
            // The address is no login here: with the part behind the @ it would be the user of another domain.
            await using var byAddress = await RawImap.ConnectAsync(cyrus.Port);
            var answer = (await byAddress.SendAsync($"LOGIN {name}@exemple.be correct-horse"))[^1];
            Assert.True(
                answer.StartsWith("NO", StringComparison.Ordinal) || (await byAddress.SendAsync("SELECT INBOX"))[^1]
                    .StartsWith("NO", StringComparison.Ordinal), answer);
        }
    }

    // C144
    [Fact]
    public async Task Nobody_but_the_owner_has_rights_on_a_mailbox_and_the_owner_sees_his_own_alone()
    {
        var cyrus = await fixture.ServerAsync();
        var (name, other) = (Specs.NewName(), Specs.NewName());
        using var provisioner = new Provisioner(cyrus.Options());
        foreach (var one in (string[])[name, other]) await provisioner.Mailboxes.EnsureAsync(Specs.Of(one, 25000, "Sent"), Cancellation);

        await using var admin = await RawImap.SignInAsync(cyrus);
        foreach (var folder in (string[])["", "/Sent"])
            Assert.Equal($"* ACL user/{name}{folder} {name} lrswipkxtecdan", (await admin.OkAsync($"GETACL user/{name}{folder}"))[0]);
        await using var owner = await RawImap.SignInAsync(cyrus, name);
        Assert.DoesNotContain(await owner.OkAsync("LIST \"\" \"*\""), line => line.Contains(other, StringComparison.Ordinal));
        Assert.StartsWith("NO", (await owner.SendAsync($"SELECT \"Other Users/{other}\""))[^1], StringComparison.Ordinal);
        Assert.StartsWith("NO", (await owner.SendAsync($"SETACL INBOX/x{other} anyone lr"))[^1], StringComparison.Ordinal);
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
    public async Task Rights_that_the_owner_took_from_himself_come_back_and_others_stay()
    {
        var cyrus = await fixture.ServerAsync();
        var name = Specs.NewName();
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(Specs.Of(name, 25000), Cancellation);
        await using var admin = await RawImap.SignInAsync(cyrus);
        await admin.OkAsync($"SETACL user/{name} {name} lr");
        await admin.OkAsync($"SETACL user/{name} anyone p");

        await provisioner.Mailboxes.EnsureAsync(Specs.Of(name, 25000), Cancellation);

        var rights = (await admin.OkAsync($"GETACL user/{name}"))[0];
        Assert.Contains($" {name} lrswipkxtecdan", rights, StringComparison.Ordinal);
        Assert.Contains(" anyone p", rights, StringComparison.Ordinal);
    }

    [Fact]
    // C074: limits are exact to the KiB. 0 accepts no mail, null is no limit.
    public async Task Every_limit_arrives_to_the_unit_and_can_be_taken_away()
    {
        var cyrus = await fixture.ServerAsync();
        var name = Specs.NewName();
        using var provisioner = new Provisioner(cyrus.Options());
        await using var admin = await RawImap.SignInAsync(cyrus);

        foreach (long? kib in (long?[])[25001, 1500, 999999, 0, null, int.MaxValue, null])
        {
            await provisioner.Mailboxes.EnsureAsync(Specs.Of(name, kib), Cancellation);

            var limits = kib is null ? "()" : $"(STORAGE 0 {kib})";
            Assert.Equal($"* QUOTA user/{name} {limits}", (await admin.OkAsync($"GETQUOTAROOT user/{name}"))[1]);
        }
    }

    [Fact]
    // C070
    public async Task A_limit_below_what_is_used_is_set()
    {
        var cyrus = await fixture.ServerAsync();
        var name = Specs.NewName();
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(Specs.Of(name, 20000), Cancellation);
        await using var owner = await RawImap.SignInAsync(cyrus, name);
        await owner.AppendAsync("INBOX", 60 * 1024);

        await provisioner.Mailboxes.EnsureAsync(Specs.Of(name, 50), Cancellation);

        Assert.Equal($"* QUOTA INBOX (STORAGE 60 50)", (await owner.OkAsync("GETQUOTAROOT INBOX"))[1]);
    }

    [Fact]
    public async Task A_limit_beyond_what_Cyrus_can_read_is_refused_before_it_ends_the_connection()
    {
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());

        var refusal = await Assert.ThrowsAsync<CyrusRefusedException>(
            () => provisioner.Mailboxes.EnsureAsync(Specs.Of(Specs.NewName(), 1L << 40), Cancellation));

        Assert.Equal(CyrusStep.Quota, refusal.Step);
    }

    [Fact]
    // C136
    public async Task A_dot_in_a_name_is_no_level_where_slashes_separate_and_refused_where_dots_do()
    {
        var spec = Specs.Of("gugus.dupont.exemple.be", 25000);
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        await using var owner = await RawImap.SignInAsync(cyrus, spec.Username.Value);
        await owner.OkAsync("SELECT INBOX");

        using var dotted = new Provisioner((await fixture.ServerAsync(slashes: false)).Options());
        var refusal = await Assert.ThrowsAsync<CyrusRefusedException>(() => dotted.Mailboxes.EnsureAsync(spec, Cancellation));

        Assert.Equal(CyrusStep.Name, refusal.Step);
    }

    [Fact]
    public async Task A_folder_that_the_owner_deleted_or_left_comes_back_subscribed()
    {
        var cyrus = await fixture.ServerAsync();
        var spec = Specs.Of(Specs.NewName(), 25000, "Projets", "Trash");
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        await using var owner = await RawImap.SignInAsync(cyrus, spec.Username.Value);
        await owner.OkAsync("DELETE Projets");
        await owner.OkAsync("UNSUBSCRIBE Trash");

        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);

        var subscribed = await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"");
        Assert.Equal(3, subscribed.Count);
        Assert.DoesNotContain(subscribed, line => line.Contains("NonExistent", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "user/", '/')]
    [InlineData(false, "user.", '.')]
    // C134, C140: the administrator has no rights on the mailbox, and it has 30 folders, deep and wide.
    public async Task Removal_takes_all_folders_along_and_is_a_success_again(bool slashes, string prefix, char separator)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        var spec = Specs.Of(Specs.NewName(), 25000);
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        await using var admin = await RawImap.SignInAsync(cyrus);
        var mailbox = prefix + spec.Username;
        for (var i = 0; i < 10; i++) await admin.OkAsync($"CREATE {mailbox}{separator}a{i}{separator}b{separator}c");
        await admin.OkAsync($"CREATE {prefix}{spec.Username}x");

        await provisioner.Mailboxes.RemoveAsync(spec.Mailbox, Cancellation);
        await provisioner.Mailboxes.RemoveAsync(spec.Mailbox, Cancellation);

        var left = await admin.OkAsync($"LIST \"\" \"{mailbox}*\"");
        Assert.Equal(2, left.Count);
        Assert.EndsWith($"{spec.Username}x", left[0], StringComparison.Ordinal);
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
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
