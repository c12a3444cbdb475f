using MailAdmin.Core.Admins;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.MailboxCopies;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.MailboxCopies;

/// <summary>From a Cyrus with dots and everything below INBOX to one with slashes.</summary>
[Collection(nameof(CyrusServers))]
public sealed class MailboxCopyTests(CyrusFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mailbox_arrives_with_folders_flags_dates_and_subscriptions()
    {
        await using var scene = await CopyScene.CreateAsync(fixture);
        var (request, there) = await CopyScene.SourceAsync(fixture);
        using var _ = there;
        await there.OkAsync("CREATE INBOX.Projets.2025");
        await there.OkAsync("CREATE INBOX.Clients");
        await there.OkAsync("SUBSCRIBE INBOX.Projets.2025");
        await there.FillAsync("INBOX", 20);
        await there.OkAsync(Messages.Append("INBOX.Projets.2025", Messages.Text(1), @"\Seen \Answered \Flagged \Draft $Forwarded devis"));
        await there.OkAsync(Messages.Append("INBOX.Projets.2025", Messages.Text(2), @"\Deleted", "29-Feb-2024 23:59:59 -1130"));

        var copy = await scene.CopyAsync(request);

        Assert.Equal((22, 22, 22, 0), (copy.TotalMessages, copy.Messages, copy.CopiedMessages, copy.Failures));
        Assert.Equal((MailboxCopyState.Finished, null), (copy.State, copy.Secret));
        await using var user = await scene.UserAsync();
        Assert.Equal(20, await user.CountAsync("INBOX"));
        var fetched = await user.FetchAsync("Projets/2025", "FLAGS INTERNALDATE RFC822.SIZE");
        Assert.Equal(await there.FetchAsync("INBOX.Projets.2025", "FLAGS INTERNALDATE RFC822.SIZE"), fetched);
        Assert.Contains(@"$Forwarded", fetched[0], StringComparison.Ordinal);
        var subscribed = await user.OkAsync("LSUB \"\" \"*\"");
        Assert.Contains(subscribed, l => l.EndsWith("Projets/2025", StringComparison.Ordinal));
        Assert.DoesNotContain(subscribed, l => l.EndsWith("Clients", StringComparison.Ordinal));
        Assert.Equal(0, await user.CountAsync("Clients"));
    }

    [Fact]
    // C164
    public async Task Broken_at_half_and_run_again_the_counts_equal_the_source_and_once_more_too()
    {
        const int Count = 4000;
        await using var scene = await CopyScene.CreateAsync(fixture, options: new() { OctetsPerSecond = 400_000 });
        var (request, there) = await CopyScene.SourceAsync(fixture);
        using var _ = there;
        await there.FillAsync("INBOX", Count);
        await using var user = await scene.UserAsync();
        var attempt = await scene.StartAsync(request);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var copying = scene.Copier().RunAsync(attempt, stop.Token);
        await Eventually.TrueAsync(async () => await user.CountAsync("INBOX") >= Count / 4, TimeSpan.FromSeconds(60), "some are here");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
        Assert.InRange(await user.CountAsync("INBOX"), Count / 4, Count - 1);
        await scene.Journal.LeaveAsync(attempt.CopyId, "test", Cancellation);
        CoreFixture.Value(await scene.Service.CancelAsync(scene.Account.Id, Actor.Panel, Cancellation));

        scene.Options = new();
        var second = await scene.CopyAsync(request);
        Assert.Equal((Count, Count), (await user.CountAsync("INBOX"), (int)second.Messages));
        var third = await scene.CopyAsync(request);
        Assert.Equal((Count, 0), (await user.CountAsync("INBOX"), (int)third.CopiedMessages));
        await scene.ForgetFoldersAsync();
        var fourth = await scene.CopyAsync(request);
        Assert.Equal((Count, 0), (await user.CountAsync("INBOX"), (int)fourth.CopiedMessages));
    }

    [Fact]
    // C170
    public async Task Flags_are_followed_without_undoing_what_the_user_changed()
    {
        await using var scene = await CopyScene.CreateAsync(fixture);
        var (request, there) = await CopyScene.SourceAsync(fixture);
        using var _ = there;
        string[] flags = [@"\Seen", "", @"\Flagged devis", @"\Seen"];
        for (var i = 0; i < flags.Length; i++) await there.OkAsync(Messages.Append("INBOX", Messages.Text(i), flags[i]));
        await scene.CopyAsync(request);
        await using var user = await scene.UserAsync();
        await user.OkAsync("SELECT INBOX");
        await user.OkAsync(@"STORE 2 +FLAGS (\Seen)");
        await user.OkAsync(@"STORE 1 -FLAGS (\Seen)");
        await there.OkAsync("SELECT INBOX");
        await there.OkAsync(@"STORE 3 FLAGS (\Answered)");

        await scene.CopyAsync(request);

        Assert.Equal(
            [@"FLAGS ())", @"FLAGS (\Seen))", @"FLAGS (\Answered))", @"FLAGS (\Seen))"],
            await user.FetchAsync("INBOX", "FLAGS"));
    }

    [Fact]
    public async Task Deletions_are_followed_only_if_asked_and_only_of_what_was_copied()
    {
        await using var scene = await CopyScene.CreateAsync(fixture);
        var (request, there) = await CopyScene.SourceAsync(fixture);
        using var _ = there;
        await there.FillAsync("INBOX", 10);
        await scene.CopyAsync(request);
        await using var user = await scene.UserAsync();
        await user.OkAsync(Messages.Append("INBOX", Messages.Text(99)));
        await there.OkAsync("SELECT INBOX");
        await there.OkAsync(@"STORE 1:3 +FLAGS (\Deleted)");
        await there.OkAsync("EXPUNGE");

        await scene.CopyAsync(request);
        Assert.Equal(11, await user.CountAsync("INBOX"));
        await scene.CopyAsync(request, followsDeletions: true);

        Assert.Equal(8, await user.CountAsync("INBOX"));
    }

    [Fact]
    public async Task What_the_user_deleted_or_moved_here_does_not_come_back()
    {
        await using var scene = await CopyScene.CreateAsync(fixture, folders: ["Archive"]);
        var (request, there) = await CopyScene.SourceAsync(fixture);
        using var _ = there;
        await there.FillAsync("INBOX", 5);
        await scene.CopyAsync(request);
        await using var user = await scene.UserAsync();
        await user.OkAsync("SELECT INBOX");
        await user.OkAsync("MOVE 1:2 Archive");
        await there.FillAsync("INBOX", 1, first: 50);

        var copy = await scene.CopyAsync(request);

        Assert.Equal((4, 2, 1), (await user.CountAsync("INBOX"), await user.CountAsync("Archive"), (int)copy.CopiedMessages));
    }

    [Fact]
    public async Task Messages_that_do_not_fit_are_listed_one_by_one_and_the_smaller_ones_arrive()
    {
        await using var scene = await CopyScene.CreateAsync(fixture, kib: 300);
        var (request, there) = await CopyScene.SourceAsync(fixture);
        using var _ = there;
        await there.FillAsync("INBOX", 3);
        foreach (var number in (int[])[10, 11])
            await there.OkAsync(Messages.Append("INBOX", Messages.Text(number, subject: "Gros") + new string('x', 400_000) + "\r\n"));
        await there.FillAsync("INBOX", 3, first: 20);

        var copy = await scene.CopyAsync(request);

        await using var user = await scene.UserAsync();
        Assert.Equal((6, 2), (await user.CountAsync("INBOX"), (int)copy.Failures));
        Assert.Equal(
            [(CopyProblemKind.OverQuota, "INBOX", "Gros 10"), (CopyProblemKind.OverQuota, "INBOX", "Gros 11")],
            (await scene.ProblemsAsync()).Select(p => (p.Kind, p.Folder, p.Subject!)));
        await using var admin = await RawImap.SignInAsync(scene.Cyrus);
        await admin.OkAsync($"SETQUOTA user/{scene.Account.Username} (STORAGE 5000)");
        await scene.CopyAsync(request);
        Assert.Equal(8, await user.CountAsync("INBOX"));
        Assert.Empty(await scene.ProblemsAsync());
    }

    [Fact]
    public async Task A_mailbox_that_is_not_the_accounts_is_never_touched()
    {
        await using var scene = await CopyScene.CreateAsync(fixture);
        var (request, there) = await CopyScene.SourceAsync(fixture);
        using var _ = there;
        await there.FillAsync("INBOX", 3);
        await using var admin = await RawImap.SignInAsync(scene.Cyrus);
        await admin.OkAsync($"SETACL user/{scene.Account.Username} cyrus +x");
        await admin.OkAsync($"DELETE user/{scene.Account.Username}");
        await admin.OkAsync($"CREATE user/{scene.Account.Username}");

        var attempt = await scene.StartAsync(request);
        var refused = await Assert.ThrowsAsync<CopyException>(() => scene.Copier().RunAsync(attempt, Cancellation));

        Assert.Equal(CopyFailure.MailboxMissing, refused.Failure);
        await using var user = await scene.UserAsync();
        Assert.Equal(0, await user.CountAsync("INBOX"));
    }

    [Fact]
    public async Task A_message_of_50_MB_passes_without_being_in_memory()
    {
        await using var scene = await CopyScene.CreateAsync(fixture);
        var (request, there) = await CopyScene.SourceAsync(fixture);
        using var _ = there;
        var line = new string('x', 998) + "\r\n";
        await there.OkAsync(Messages.Append("INBOX", Messages.Text(1) + string.Concat(Enumerable.Repeat(line, 50_000))));
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var copy = await scene.CopyAsync(request);

        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 20_000_000, "the message was kept in memory");
        Assert.Equal(1, copy.CopiedMessages);
        await using var user = await scene.UserAsync();
        Assert.Equal(await there.FetchAsync("INBOX", "RFC822.SIZE"), await user.FetchAsync("INBOX", "RFC822.SIZE"));
    }
}
