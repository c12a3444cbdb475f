using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Worker;

/// <summary>
/// Detects full mailboxes, so that Postfix tells their senders to try again (452) instead of accepting mail that then waits in the queue
/// without a word to them. Full and nearly full mailboxes are read every few seconds, all others in a slow round of small batches, to keep
/// the load on Cyrus low.
/// </summary>
internal sealed class QuotaWatchHostedService(
    QuotaStateRepository accounts, CyrusConnections cyrus, QuotaWatchlist nearlyFull, TimeProvider time,
    ILogger<QuotaWatchHostedService> logger) : BackgroundService
{
    // A reading takes about a millisecond: less than a hundredth of one connection's time.
    private const int BatchSize = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // The most mailboxes that are read out of turn.
    private const int MaxSuspected = 200;

    private long _last;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Looking for full mailboxes", time, logger).RunAsync(async token =>
        {
            await CheckAsync(token);
            return Pause;
        }, stoppingToken);

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var next = await accounts.NextAsync(_last, BatchSize, cancellationToken);
        _last = next.Count < BatchSize ? 0 : next[^1].AccountId;
        var suspected = await accounts.SuspectedAsync(nearlyFull.Names, MaxSuspected, cancellationToken);
        var changed = new List<QuotaState>();
        foreach (var handful in next.UnionBy(suspected, a => a.AccountId).Chunk(BatchSize))
            await cyrus.UseAsync(session => ReadAsync(session, handful, changed, cancellationToken), cancellationToken);
        if (changed.Count > 0) await accounts.RecordAsync(changed, cancellationToken);
    }

    private async Task ReadAsync(CyrusSession session, QuotaState[] asked, List<QuotaState> changed, CancellationToken cancellationToken)
    {
        var read = await CyrusQuotaRoot.ReadAsync(session, [.. asked.Select(a => a.Mailbox)], cancellationToken);
        foreach (var (account, usage) in asked.Zip(read))
        {
            // The mailbox does not exist at the moment, or another one has its name: its state is unknown.
            if (usage is null or { IsForeign: true }) continue;
            nearlyFull.Update(account.Username, usage);
            // A mailbox with a limit of 0 accepts no mail.
            var isFull = usage.LimitKiB is { } limit && (usage.UsedKiB ?? 0) >= limit;
            if (isFull != account.IsFull) changed.Add(account with { IsFull = isFull });
        }
    }
}
