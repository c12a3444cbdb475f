using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>Rights and limits of mailboxes.</summary>
[Collection(nameof(CyrusServers))]
public sealed class CyrusRightsTests(CyrusFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
}
