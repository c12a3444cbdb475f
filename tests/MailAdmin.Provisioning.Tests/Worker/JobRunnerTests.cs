using System.Diagnostics;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Passwords;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Provisioning.Tests.Worker;

/// <summary>Jobs for mailboxes on a real Cyrus: done together, and again after a fault.</summary>
[Collection(nameof(CyrusServers))]
public sealed class JobRunnerTests(CyrusFixture fixture) : JobRunnerTest(fixture)
{
    [Fact]
    public async Task New_mailboxes_are_made_together_with_their_folders_and_booked_as_ready()
    {
        await using var worker = await WorkerAsync("Sent", "Trash");
        var accounts = await worker.AddAccountsAsync(5);

        Assert.All(await worker.RunAsync(), o => Assert.Null(o.Error));

        Assert.Equal(5, await worker.ReadyAsync());
        foreach (var account in accounts)
        {
            await using var owner = await RawImap.SignInAsync(worker.Cyrus, account.Username.Value);
            Assert.Contains("(STORAGE 0 25000)", (await owner.OkAsync("GETQUOTAROOT INBOX"))[1], StringComparison.Ordinal);
            Assert.Equal(
                2, (await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"")).Count(l => l.StartsWith("* LIST", StringComparison.Ordinal)));
        }
        // The administrator signed in once, and each owner once.
        Assert.Equal(6, worker.Wire.Sent.Count(sent => sent.StartsWith("AUTHENTICATE", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_ends_the_connection_each_time_takes_its_neighbours_along_only_once()
    {
        await using var worker = await WorkerAsync();
        var accounts = await worker.AddAccountsAsync(3);
        worker.Wire.Break($"CREATE user/{accounts[1].Username}", Fault.Bye);

        Assert.All(await worker.RunAsync(), o => Assert.True(o is { Error: not null, Refused: false }));
        await worker.RetryAsync();
        await worker.RunAsync();

        Assert.Equal(2, await worker.ReadyAsync());
        worker.Wire.Heal();
        await worker.RetryAsync();
        Assert.Null(Assert.Single(await worker.RunAsync()).Error);
    }

    // Eight waits of ten seconds would be longer than the lease. In this test one wait is two seconds, and eight would be sixteen.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_Cyrus_hangs_the_jobs_that_go_together_wait_for_it_once_and_all_is_done_afterwards(bool areReady)
    {
        await using var worker = await WorkerAsync(NewPrefix(), wait: TimeSpan.FromSeconds(2));
        var accounts = await worker.AddAccountsAsync(8);
        if (areReady)
        {
            await worker.RunAsync();
            foreach (var account in accounts) await worker.AddJobAsync(JobKind.Mailbox, account.Id);
        }
        worker.Wire.Break(areReady ? "GETQUOTAROOT" : "SETQUOTA", Fault.Swallow);
        var watch = Stopwatch.StartNew();

        Assert.All(await worker.RunAsync(), o => Assert.True(o is { Error: not null, Refused: false }));

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(12));
        worker.Wire.Heal();
        await worker.RetryAsync();
        Assert.All(await worker.RunAsync(), o => Assert.Null(o.Error));
        Assert.Equal(8, await worker.ReadyAsync());
    }

    [Fact]
    public async Task A_job_that_nobody_knows_how_to_do_is_told_and_stops_no_other()
    {
        await using var worker = await WorkerAsync();
        var account = Assert.Single(await worker.AddAccountsAsync(1));
        await worker.AddJobAsync((JobKind)99, account.Id);

        var outcomes = await worker.RunAsync();

        Assert.Equal([null, "No worker for 99."], outcomes.OrderBy(o => o.Job.Kind).Select(o => o.Error));
        Assert.Equal(1, await worker.ReadyAsync());
    }
}
