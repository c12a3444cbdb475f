using System.Diagnostics;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.Cyrus;

[Collection(nameof(CyrusServers))]
public sealed class CyrusFaultsTests(CyrusFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CREATE", 1)]
    [InlineData("GETACL", 2)]
    [InlineData("SETACL", 2)]
    [InlineData("GETQUOTAROOT", 3)]
    [InlineData("SETQUOTA", 3)]
    // C160
    public async Task A_refusal_tells_step_and_words_and_leaves_the_connection(string command, int step)
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        using var provisioner = new Provisioner(cyrus.Options(wire.Port));
        var spec = Specs.Of(Specs.NewName(), 25000, "Sent");
        await using var admin = await RawImap.SignInAsync(cyrus);
        if (command is "GETACL" or "SETACL") await admin.OkAsync($"CREATE user/{spec.Username}");
        if (command == "SETACL") await admin.OkAsync($"SETACL user/{spec.Username} {spec.Username} lr");
        wire.Break(command, Fault.Refuse);

        var refusal = await Assert.ThrowsAsync<CyrusRefusedException>(() => provisioner.Mailboxes.EnsureAsync(spec, Cancellation));

        Assert.Equal(((CyrusStep)step, "the proxy refuses"), (refusal.Step, refusal.ResponseText));
        // C140: no folder is created before the mailbox itself is right.
        Assert.DoesNotContain(wire.Sent, sent => sent.EndsWith("/Sent", StringComparison.Ordinal));
        wire.Heal();
        await provisioner.Mailboxes.EnsureAsync(spec with { Folders = [] }, Cancellation);
        Assert.Single(wire.Sent, sent => sent.StartsWith("AUTHENTICATE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removal_that_is_refused_is_told()
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        using var provisioner = new Provisioner(cyrus.Options(wire.Port));
        var spec = Specs.Of(Specs.NewName(), 25000);
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        wire.Break("DELETE", Fault.Refuse);

        var refusal = await Assert.ThrowsAsync<CyrusRefusedException>(() => provisioner.Mailboxes.RemoveAsync(spec.Mailbox, Cancellation));

        Assert.Equal(CyrusStep.Remove, refusal.Step);
    }

    [Fact]
    public async Task An_OK_without_the_deed_is_found_by_reading_back()
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        using var provisioner = new Provisioner(cyrus.Options(wire.Port));
        wire.Break("SETQUOTA", Fault.Pretend);

        var refusal = await Assert.ThrowsAsync<CyrusRefusedException>(
            () => provisioner.Mailboxes.EnsureAsync(Specs.Of(Specs.NewName(), 25000), Cancellation));

        Assert.Equal(CyrusStep.Quota, refusal.Step);
        Assert.Contains("25000 KiB", refusal.ResponseText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTHENTICATE")]
    [InlineData("NAMESPACE")]
    [InlineData("CREATE user/spec")]
    [InlineData("GETACL")]
    [InlineData("SETQUOTA")]
    [InlineData("SUBSCRIBE")]
    public async Task A_cut_a_farewell_or_silence_at_any_step_is_unavailable_and_the_next_run_completes(string command)
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        var options = cyrus.Options(wire.Port);
        options.CommandTimeout = TimeSpan.FromSeconds(1);
        using var provisioner = new Provisioner(options);
        foreach (var fault in (Fault[])[Fault.CutAnswer, Fault.Bye, Fault.Swallow])
        {
            var spec = Specs.Of(Specs.NewName(), 25000, "Sent");
            if (command == "GETACL") await provisioner.Mailboxes.EnsureAsync(spec with { Folders = [] }, Cancellation);
            wire.Break(command, fault);
            var watch = Stopwatch.StartNew();

            var outage = await Assert.ThrowsAsync<CyrusUnavailableException>(() => provisioner.Mailboxes.EnsureAsync(spec, Cancellation));

            Assert.NotNull(outage.InnerException);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
            wire.Heal();
            await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
            await using var owner = await RawImap.SignInAsync(cyrus, spec.Username.Value);
            Assert.Equal(
                "* LIST (\\Subscribed \\HasNoChildren \\Sent) \"/\" Sent", (await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\""))[0]);
            Assert.Contains("(STORAGE 0 25000)", (await owner.OkAsync("GETQUOTAROOT INBOX"))[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    // C158
    public async Task A_server_that_hangs_ends_the_wait_and_serves_again_when_it_wakes()
    {
        var cyrus = await fixture.ServerAsync();
        var options = cyrus.Options();
        options.CommandTimeout = TimeSpan.FromSeconds(1);
        using var provisioner = new Provisioner(options);
        var spec = Specs.Of(Specs.NewName(), 25000);
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        cyrus.Freeze();
        try
        {
            // The first call finds a kept connection, the second has to open one, and the third is canceled early.
            await Assert.ThrowsAsync<CyrusUnavailableException>(() => provisioner.Mailboxes.EnsureAsync(spec, Cancellation));
            await Assert.ThrowsAsync<CyrusUnavailableException>(() => provisioner.Mailboxes.EnsureAsync(spec, Cancellation));
            using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => provisioner.Mailboxes.EnsureAsync(spec, impatient.Token));
        }
        finally
        {
            cyrus.Thaw();
        }
        await Eventually.TrueAsync(async () => await Succeeds(provisioner, spec), TimeSpan.FromSeconds(10), "Cyrus serves again");
    }

    [Fact]
    public async Task Sessions_that_the_server_ended_meanwhile_are_not_noticed()
    {
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());
        var spec = Specs.Of(Specs.NewName(), 25000);
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);

        await cyrus.EndSessionsAsync();

        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
    }

    [Fact]
    public async Task Nobody_listening_and_a_wrong_password_are_unavailable()
    {
        var cyrus = await fixture.ServerAsync();
        var closed = cyrus.Options();
        using (var gone = new WireProxy(cyrus.Port)) closed.Port = gone.Port;
        var stranger = cyrus.Options();
        stranger.AdminPassword = "guessed";
        foreach (var options in (CyrusOptions[])[closed, stranger])
        {
            using var provisioner = new Provisioner(options);
            var outage = await Assert.ThrowsAsync<CyrusUnavailableException>(
                () => provisioner.Mailboxes.EnsureAsync(Specs.Of("exemple0001", 25000), Cancellation));
            Assert.NotNull(outage.InnerException);
            Assert.DoesNotContain("guessed", outage.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_password_is_read_from_its_file()
    {
        var cyrus = await fixture.ServerAsync();
        var options = cyrus.Options();
        options.AdminPasswordFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(options.AdminPasswordFile, $"{options.AdminPassword}\n", Cancellation);
        options.AdminPassword = null;
        using var provisioner = new Provisioner(options);

        await provisioner.Mailboxes.EnsureAsync(Specs.Of(Specs.NewName(), 25000), Cancellation);

        File.Delete(options.AdminPasswordFile);
    }

    private static async Task<bool> Succeeds(Provisioner provisioner, MailboxSpec spec)
    {
        try
        {
            await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
            return true;
        }
        catch (CyrusUnavailableException)
        {
            return false;
        }
    }
}
