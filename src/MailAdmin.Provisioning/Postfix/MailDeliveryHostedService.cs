using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Hosting;
using MailAdmin.Provisioning.Processes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>Checks every few seconds whether the maps are up to date, and less often whether the mail store accepts mail.</summary>
/// <param name="store">Null if Postfix is on other hosts only.</param>
internal sealed class MailDeliveryHostedService(
    MapRepository maps, MailDelivery delivery, TimeProvider clock, ILogger<MailDeliveryHostedService> logger, StoreNextHop? store = null)
        : BackgroundService
{
    // The store is probed, and the queue listed, only on every so many checks of the maps: the queue may be long.
    private const int StoreEvery = 5;
    private const int QueueEvery = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    // A late host without an error may just be busy: it reports its position when it has nothing else to do.
    private static readonly TimeSpan Busy = TimeSpan.FromMinutes(10);

    // Postfix retries after five minutes at first.
    private static readonly TimeSpan Retried = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);
    private StoreFault? _unavailable;
    private StoreFault? _late;
    private int _looks;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Checking whether mail and changes reach the mail server", clock, logger).RunAsync(async token =>
        {
            await CheckAsync(token);
            return Pause;
        }, stoppingToken);

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var look = _looks++;
        Judge(await maps.LateAsync(cancellationToken));
        if (store is null) return;
        try
        {
            if (look % StoreEvery == 0)
                _unavailable = await store.FaultAsync(cancellationToken) is { } message
                    ? new(_unavailable?.Since ?? clock.GetUtcNow(), message) : null;
            if (look % QueueEvery == 0) _late = await LateAsync(store, cancellationToken);
        }
        catch (Exception e) when (
            e is CommandException or System.Text.Json.JsonException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The queue can't be listed: keep the last known state.
        }
        delivery.Store = _unavailable ?? _late;
    }

    private void Judge(IReadOnlyList<LateHost> late)
    {
        foreach (var caughtUp in _since.Keys.Except(late.Select(h => h.Host), StringComparer.Ordinal).ToList()) _since.Remove(caughtUp);
        foreach (var host in late) _since.TryAdd(host.Host, clock.GetUtcNow());
        delivery.Maps = late.Select(h => new LateMaps(h.Host, _since[h.Host], h.Error))
            .Where(m => m.ServerMessage is not null || clock.GetUtcNow() - m.Since > Busy)
            .MinBy(m => m.Since);
    }

    private async Task<StoreFault?> LateAsync(StoreNextHop asked, CancellationToken cancellationToken)
    {
        var waiting = await asked.WaitingAsync(cancellationToken);
        delivery.Waiting = new(clock.GetUtcNow(), waiting);
        return StoreNextHop.FirstOf(waiting) is { } late && clock.GetUtcNow() - late.Since > Retried ? late : null;
    }
}
