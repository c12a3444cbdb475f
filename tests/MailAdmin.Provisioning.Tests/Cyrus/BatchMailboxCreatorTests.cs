using System.Diagnostics;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.Cyrus;

[Collection(nameof(CyrusServers))]
public sealed class BatchMailboxCreatorTests(CyrusFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "user/")]
    [InlineData(false, "user.")]
    public async Task All_are_made_at_once_with_the_rights_of_their_owners_and_their_own_limits(bool slashes, string prefix)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        using var provisioner = new Provisioner(cyrus.Options());
        MailboxSpec[] specs = [.. Enumerable.Range(1, 9).Select(i => Specs.Of(Specs.NewName(), i == 9 ? null : 1000 + i))];

        var made = await provisioner.BatchMailboxCreator.CreateAsync(specs, Cancellation);

        Assert.Equal(Names(specs), Names(made.Keys));
        await using var admin = await RawImap.SignInAsync(cyrus);
        foreach (var spec in specs)
        {
            Assert.Equal(
                $"* ACL {prefix}{spec.Username} {spec.Username} lrswipkxtecdan",
                (await admin.OkAsync($"GETACL {prefix}{spec.Username}"))[0]);
            var limit = spec.Quota is { } quota
                ? $"* QUOTA {prefix}{spec.Username} (STORAGE 0 {quota.KiB})" : $"* QUOTAROOT {prefix}{spec.Username}";
            Assert.Equal(limit, (await admin.OkAsync($"GETQUOTAROOT {prefix}{spec.Username}"))[^2]);
        }
    }

    [Fact]
    public async Task What_is_stored_counts_towards_the_limit_and_the_limit_goes_with_the_mailbox()
    {
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());
        var spec = Specs.Of(Specs.NewName(), 100, "Sent");
        await provisioner.BatchMailboxCreator.CreateAsync([spec], Cancellation);
        Assert.True(await provisioner.BatchMailboxCreator.AddFoldersAsync(spec, Cancellation));

        await using var owner = await RawImap.SignInAsync(cyrus, spec.Username.Value);
        await owner.AppendAsync("INBOX", 50 * 1024);
        await owner.AppendAsync("Sent", 40 * 1024);

        Assert.Contains("(STORAGE 90 100)", (await owner.OkAsync("GETQUOTAROOT Sent"))[1], StringComparison.Ordinal);
        Assert.StartsWith(
            "NO", (await owner.SendAsync($"APPEND Sent {{20480+}}\r\n{new string('x', 20480)}"))[^1], StringComparison.Ordinal);
        await provisioner.Mailboxes.RemoveAsync(spec.Mailbox, Cancellation);
        await using var admin = await RawImap.SignInAsync(cyrus);
        Assert.StartsWith("NO", (await admin.SendAsync($"GETQUOTA user/{spec.Username}"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_vouches_for_nothing_that_was_there_before_or_was_refused_or_pretended()
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        using var provisioner = new Provisioner(cyrus.Options(wire.Port));
        MailboxSpec[] specs = [.. Enumerable.Range(0, 3).Select(_ => Specs.Of(Specs.NewName(), 25000))];
        var other = specs[1].Username;
        await using var admin = await RawImap.SignInAsync(cyrus);
        await admin.OkAsync($"CREATE user/{other}");
        await admin.OkAsync($"SETACL user/{other} {other} lr");

        Assert.Equal(
            Names(specs.Where(w => w.Username != other)),
            Names((await provisioner.BatchMailboxCreator.CreateAsync(specs, Cancellation)).Keys));

        foreach (
            var (command, fault) in new[] { ("CREATE", Fault.Refuse), ("CREATE", Fault.Pretend), ("SETQUOTA", Fault.Refuse),
            ("SETQUOTA", Fault.Pretend), ("GETQUOTAROOT", Fault.Refuse), ("GETQUOTAROOT", Fault.Pretend) })
        {
            MailboxSpec[] next = [Specs.Of(Specs.NewName(), 25000), Specs.Of(Specs.NewName(), 25000)];
            wire.Break($"{command} {(command == "SETQUOTA" ? "+" : "")}user/{next[0].Username}", fault);
            Assert.Equal([next[1].Username], (await provisioner.BatchMailboxCreator.CreateAsync(next, Cancellation)).Keys);
            wire.Heal();
            // EnsureAsync then creates it on the same connection, and creating it twice has the same result as once.
            await provisioner.Mailboxes.EnsureAsync(next[0], Cancellation);
            await provisioner.Mailboxes.EnsureAsync(next[1], Cancellation);
            Assert.Contains(
                "(STORAGE 0 25000)", (await admin.OkAsync($"GETQUOTAROOT user/{next[0].Username}"))[1], StringComparison.Ordinal);
        }
        Assert.Single(wire.Sent, sent => sent.StartsWith("AUTHENTICATE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_have_no_mailbox_or_no_such_limit_is_not_even_asked_for_and_its_neighbour_is_made()
    {
        var cyrus = await fixture.ServerAsync(slashes: false);
        using var wire = new WireProxy(cyrus.Port);
        using var provisioner = new Provisioner(cyrus.Options(wire.Port));
        var good = Specs.Of(Specs.NewName(), 25000);
        var (deep, large) = (Specs.Of("jean.dupont", 25000), Specs.Of(Specs.NewName(), int.MaxValue + 1L));

        var made = await provisioner.BatchMailboxCreator.CreateAsync([deep, large, good], Cancellation);

        Assert.Equal([good.Username], made.Keys);
        Assert.DoesNotContain(
            wire.Sent, sent =>
            sent.Contains("dupont", StringComparison.Ordinal) || sent.Contains(large.Username.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SETQUOTA")]
    [InlineData("CREATE")]
    [InlineData("GETQUOTAROOT")]
    public async Task A_cut_a_farewell_or_silence_is_unavailable_and_the_next_run_completes_all(string command)
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        var options = cyrus.Options(wire.Port);
        options.CommandTimeout = TimeSpan.FromSeconds(1);
        using var provisioner = new Provisioner(options);
        foreach (var fault in (Fault[])[Fault.CutAnswer, Fault.Bye, Fault.Swallow])
        {
            MailboxSpec[] specs = [.. Enumerable.Range(0, 3).Select(_ => Specs.Of(Specs.NewName(), 25000))];
            wire.Break($"{command} {(command == "SETQUOTA" ? "+" : "")}user/{specs[1].Username}", fault);
            var watch = Stopwatch.StartNew();

            await Assert.ThrowsAsync<CyrusUnavailableException>(() => provisioner.BatchMailboxCreator.CreateAsync(specs, Cancellation));

            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
            wire.Heal();
            foreach (var spec in specs) await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
            await using var admin = await RawImap.SignInAsync(cyrus);
            foreach (var spec in specs)
                Assert.Contains(
                    "(STORAGE 0 25000)", (await admin.OkAsync($"GETQUOTAROOT user/{spec.Username}"))[1], StringComparison.Ordinal);
        }
    }

    // Cyrus goes on with the commands of a connection that was cut, while the next attempt is under way.
    [Fact]
    public async Task Two_who_make_the_same_mailbox_at_once_leave_it_with_its_limit()
    {
        var cyrus = await fixture.ServerAsync();
        using var one = new Provisioner(cyrus.Options());
        using var other = new Provisioner(cyrus.Options());
        await using var admin = await RawImap.SignInAsync(cyrus);
        foreach (var _ in Enumerable.Range(0, 60))
        {
            var spec = Specs.Of(Specs.NewName(), 25000);

            // Cyrus 3.6 sometimes ends one of the two connections; the last call then tries again.
            await Task.WhenAll(
                TryAsync(one.BatchMailboxCreator.CreateAsync([spec], Cancellation)),
                TryAsync(other.Mailboxes.EnsureAsync(spec, Cancellation)));
            await one.Mailboxes.EnsureAsync(spec, Cancellation);

            Assert.Equal($"* QUOTA user/{spec.Username} (STORAGE 0 25000)", (await admin.OkAsync($"GETQUOTAROOT user/{spec.Username}"))[1]);
        }
    }

    [Fact]
    public async Task Who_is_no_administrator_is_refused_with_what_to_do()
    {
        var cyrus = await fixture.ServerAsync();
        var options = cyrus.Options();
        options.AdminUser = "nobody";
        using var provisioner = new Provisioner(options);

        var refusal = await Assert.ThrowsAsync<CyrusRefusedException>(
            () => provisioner.BatchMailboxCreator.CreateAsync([Specs.Of(Specs.NewName(), 25000)], Cancellation));

        Assert.Contains("namespace to nobody: is it among admins", refusal.ResponseText, StringComparison.Ordinal);
    }

    private static async Task TryAsync(Task attempt)
    {
        try
        {
            await attempt;
        }
        catch (CyrusUnavailableException)
        {
        }
    }

    private static IEnumerable<string> Names(IEnumerable<MailboxSpec> specs) => Names(specs.Select(w => w.Username));

    private static IEnumerable<string> Names(IEnumerable<Username> names) => names.Select(n => n.Value).Order(StringComparer.Ordinal);
}
