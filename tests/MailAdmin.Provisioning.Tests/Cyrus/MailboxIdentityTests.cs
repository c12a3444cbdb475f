using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>No account gets a mailbox that was not created for it (D6, C004).</summary>
[Collection(nameof(CyrusServers))]
public sealed class MailboxIdentityTests(CyrusFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mailbox_is_made_under_the_identity_that_was_chosen_for_it_and_known_again(bool slashes)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        using var provisioner = new Provisioner(cyrus.Options());
        var (together, alone) = (Own(), Own());

        var made = await provisioner.BatchMailboxCreator.CreateAsync([together], Cancellation);
        var outcome = await provisioner.Mailboxes.EnsureAsync(alone, Cancellation);

        Assert.Equal(together.Id, made[together.Username]);
        Assert.Equal((alone.Id, alone.Id), (outcome.Requested, outcome.Met));
        foreach (var spec in (MailboxSpec[])[together, alone])
        {
            await using var owner = await RawImap.SignInAsync(cyrus, spec.Username.Value);
            Assert.Contains($"MAILBOXID ({spec.Id})", (await owner.OkAsync("STATUS INBOX (MAILBOXID)"))[0], StringComparison.Ordinal);
            Assert.Equal(spec.Id, (await provisioner.Mailboxes.EnsureAsync(spec with { IsReady = true }, Cancellation)).Met);
        }
    }

    [Fact]
    public async Task A_mailbox_that_stands_there_already_is_neither_taken_nor_touched()
    {
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());
        var (foreign, neighbour) = (Own(), Own());
        await using var admin = await RawImap.SignInAsync(cyrus);
        await admin.OkAsync($"CREATE user/{foreign.Username}");
        await admin.OkAsync($"SETQUOTA user/{foreign.Username} (STORAGE 7777)");
        await admin.OkAsync($"SETACL user/{foreign.Username} {foreign.Username} lr");

        var made = await provisioner.BatchMailboxCreator.CreateAsync([foreign, neighbour], Cancellation);
        var refusal = await Assert.ThrowsAsync<ForeignMailboxException>(() => provisioner.Mailboxes.EnsureAsync(foreign, Cancellation));
        await provisioner.Mailboxes.RemoveAsync(foreign.Mailbox, Cancellation);
        await Assert.ThrowsAsync<ForeignMailboxException>(() => provisioner.Mailboxes.CheckAsync(foreign.Mailbox, Cancellation));

        Assert.Equal([neighbour.Username], made.Keys);
        Assert.Contains(foreign.Id!.Value, refusal.Message, StringComparison.Ordinal);
        // A SETQUOTA sent ahead of CREATE would have changed the mailbox's limit.
        Assert.Contains("(STORAGE 0 7777)", (await admin.OkAsync($"GETQUOTAROOT user/{foreign.Username}"))[1], StringComparison.Ordinal);
        Assert.DoesNotContain("lrsw", (await admin.OkAsync($"GETACL user/{foreign.Username}"))[0], StringComparison.Ordinal);
    }

    // A worker that is killed at this point leaves the same state.
    [Theory]
    [InlineData("GETMETADATA")]
    [InlineData("SETQUOTA")]
    [InlineData("CREATE")]
    [InlineData("GETQUOTAROOT")]
    public async Task A_creation_that_was_cut_off_is_finished_under_its_own_identity(string command)
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        using var provisioner = new Provisioner(cyrus.Options(wire.Port));
        var spec = Own();
        wire.Break(command, Fault.CutAnswer);
        await Assert.ThrowsAsync<CyrusUnavailableException>(() => provisioner.BatchMailboxCreator.CreateAsync([spec], Cancellation));
        wire.Heal();

        await provisioner.BatchMailboxCreator.CreateAsync([spec], Cancellation);
        var outcome = await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);

        Assert.Equal(spec.Id, outcome.Met);
    }

    [Fact]
    public async Task A_purge_deletes_its_own_mailbox_and_not_one_that_was_made_by_hand_under_that_name_since()
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        using var provisioner = new Provisioner(cyrus.Options(wire.Port));
        var spec = Own();
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        wire.Break("DELETE", Fault.CutAnswer);
        await Assert.ThrowsAsync<CyrusUnavailableException>(() => provisioner.Mailboxes.RemoveAsync(spec.Mailbox, Cancellation));
        wire.Heal();
        await using var admin = await RawImap.SignInAsync(cyrus);
        await admin.OkAsync($"CREATE user/{spec.Username}");

        await provisioner.Mailboxes.RemoveAsync(spec.Mailbox, Cancellation);

        Assert.StartsWith("* ACL", (await admin.OkAsync($"GETACL user/{spec.Username}"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_that_was_in_place_and_is_gone_is_not_made_under_the_same_identity()
    {
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());

        await Assert.ThrowsAsync<MissingMailboxException>(
            () => provisioner.Mailboxes.EnsureAsync(Own() with { IsReady = true }, Cancellation));
    }

    [Fact]
    public async Task A_page_tells_nothing_of_what_another_mailbox_holds()
    {
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());
        var spec = Own();
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        await using var session = new SessionOf(cyrus.Options());

        var read = await CyrusQuotaRoot.ReadAsync(
            await session.Value, [spec.Mailbox, spec.Mailbox with { Id = MailboxId.New() }, new(Username.Parse(Specs.NewName()), null)],
            Cancellation);

        Assert.Equal([new QuotaUsage(0, 25000), new QuotaUsage(null, null) { IsForeign = true }, null], read);
    }

    // D23
    [Fact]
    public async Task A_default_folder_that_the_server_refuses_keeps_no_mailbox_from_being_made()
    {
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());
        var spec = Own("Sent", "Important!", "Projets");

        var outcome = await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);

        Assert.StartsWith("Important!: ", outcome.FolderRefusal, StringComparison.Ordinal);
        await using var owner = await RawImap.SignInAsync(cyrus, spec.Username.Value);
        Assert.Equal(2, (await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"")).Count(l => l.StartsWith("* LIST", StringComparison.Ordinal)));
    }

    // D23: compares the rule with the server, for all characters of a keyboard and some more.
    [Fact]
    public async Task Every_folder_that_may_be_entered_can_be_made_and_what_the_server_refuses_may_not()
    {
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());
        var spec = Own();
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        string[] names =
        [
            .. Enumerable.Range(' ', 95).Where(c => c != '/').Select(c => $"a{(char)c}b"), .. Enumerable.Range('!', 94).Where(c => c != '/')
                .Select(c => $"{(char)c}x"),
            .. Enumerable.Range(0, 32).Append(127)
                .Select(c => $"n{(char)c}m"), "INBOX/x", "Other Users/x", "Shared Folders", "user/x", "..", ".", "Éléments", "日本語", "😀",
            new string('z', FolderNames.MaxLength), string.Concat(Enumerable.Repeat("é&", FolderNames.MaxLength / 2)),
            string.Join('/', Enumerable.Repeat("p", 50)),
        ];
        await using var owner = await RawImap.SignInAsync(cyrus, spec.Username.Value);
        foreach (var name in names)
        {
            var isTaken = (await owner.SendAsync($"CREATE {ImapText.Quote(ImapText.Encode(name))}"))[^1] is { } end
                && (end.StartsWith("OK", StringComparison.Ordinal) || end.Contains("already exists", StringComparison.Ordinal));
            if (!isTaken) Assert.True(FolderNames.FaultOf(name) is not null, $"the server refuses {name}");
        }
    }

    private static MailboxSpec Own(params string[] folders) => Specs.Of(Specs.NewName(), 25000, folders) with { Id = MailboxId.New() };

    private sealed class SessionOf(CyrusOptions options) : IAsyncDisposable
    {
        public Task<CyrusSession> Value { get; } = CyrusSession.SignInAsync(
            options, TimeProvider.System, owner: null, CancellationToken.None);

        public async ValueTask DisposeAsync() => (await Value).Dispose();
    }
}
