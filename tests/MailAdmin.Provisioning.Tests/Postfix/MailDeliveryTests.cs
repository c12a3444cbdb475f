using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Provisioning.Tests.Logins;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Postfix;

public sealed class MailDeliveryTests : IDisposable
{
    private const string OverQuota = """
        {"queue_name":"deferred","queue_id":"4b1","arrival_time":1796036400,"message_size":1500000,"sender":"ann@client.test","recipients":[{"address":"exemple0001@store.lab.example","delay_reason":"host store[lmtp] said: 452 4.2.2 Over quota (in reply to RCPT TO command)"},{"address":"exemple0002@store.lab.example","delay_reason":"connect to store: Connection refused"}]}
        {"queue_name":"active","queue_id":"4b2","arrival_time":1796036401,"message_size":10,"sender":"ann@client.test","recipients":[{"address":"exemple0003@store.lab.example"}]}
        {"queue_name":"hold","queue_id":"4b3","arrival_time":1796036402,"message_size":900,"sender":"MAILER-DAEMON","recipients":[{"address":"Exemple0001@STORE.lab.example","delay_reason":"552 5.2.2 Over quota"}]}
        """;

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private readonly MailDelivery _delivery = new();
    private readonly CollectingLogger<MailDeliveryHostedService> _log = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-queue-").FullName;

    public MailDeliveryTests()
    {
        File.WriteAllText(Tool, $"#!/bin/sh\ncat {Listed}\n");
        File.SetUnixFileMode(Tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    // Replaces postqueue.
    private string Tool => Path.Combine(_folder, "postqueue");

    private string Listed => Path.Combine(_folder, "listed");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_waits_is_kept_for_each_mailbox_and_what_lacks_room_says_nothing_of_the_store()
    {
        await File.WriteAllTextAsync(Listed, OverQuota, TestContext.Current.CancellationToken);
        await RunAsync();

        Assert.Equal(["exemple0001"], _delivery.Waiting.LackingRoom);
        var first = _delivery.Waiting.Of(Core.Accounts.Username.Parse("exemple0001"));
        Assert.Equal((2, 2, "ann@client.test", ""), (first.Count, first.OverQuota, first.Oldest[0].Sender, first.Oldest[1].Sender));
        Assert.Equal(1_500_000, first.Oldest[0].Size);
        Assert.Equal(0, _delivery.Waiting.Of(Core.Accounts.Username.Parse("exemple0003")).Count);
        Assert.Equal("connect to store: Connection refused", _delivery.Store?.ServerMessage);
        Assert.Equal(
            [(WaitingReason.OverQuota, 1), (WaitingReason.Unreachable, 1), (WaitingReason.OnHold, 1), (WaitingReason.NotTried, 0),
                (WaitingReason.Other, 0)],
            Enum.GetValues<WaitingReason>().Select(r => (r, _delivery.Waiting.CountOf(r))));
    }

    // A postqueue of another version may write this.
    [Fact]
    public async Task An_unforeseen_fault_of_one_look_ends_neither_the_looks_nor_the_panel()
    {
        await File.WriteAllTextAsync(Listed, "{}\n", TestContext.Current.CancellationToken);
        await RunAsync(async () => await File.WriteAllTextAsync(Listed, OverQuota, TestContext.Current.CancellationToken));
    }

    /// <summary>Runs the service until it has read the queue.</summary>
    /// <param name="then">Runs once the first look at the queue is over.</param>
    private async Task RunAsync(Func<Task>? then = null)
    {
        await using var core = await CoreFixture.CreateAsync();
        var queue = new MailQueue(new() { Host = "mx.lab.example", Folder = "/nowhere", Postqueue = Tool });
        using var service = new MailDeliveryHostedService(
            core.Get<MapRepository>(), _delivery, _clock, _log, new StoreNextHop("relay:nowhere", "store.lab.example", queue));
        await service.StartAsync(TestContext.Current.CancellationToken);
        if (then is not null)
        {
            await Eventually.TrueAsync(() => Task.FromResult(!_log.Lines.IsEmpty), TimeSpan.FromSeconds(15), "a fault in the log");
            await then();
        }
        await Eventually.TrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(3));
                return Task.FromResult(_delivery.Waiting.LackingRoom.Count > 0);
            },
            TimeSpan.FromSeconds(30), "the queue is read");
        Assert.False(service.ExecuteTask!.IsFaulted);
        await service.StopAsync(TestContext.Current.CancellationToken);
    }
}
