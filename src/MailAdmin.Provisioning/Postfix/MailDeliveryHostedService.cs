using MailAdmin.Core.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>Looks every few seconds whether the maps follow, and less often whether the mail store takes mail.</summary>
/// <param name="store">Null where Postfix is on other hosts alone.</param>
internal sealed class MailDeliveryHostedService(
    MapRepository maps, MailDelivery delivery, TimeProvider clock, ILogger<MailDeliveryHostedService> logger, StoreNextHop? store = null) : BackgroundService
{
    // Of the looks at the maps each so many also asks the store, or lists the queue, which may be long.
    private const int StoreEvery = 5;
    private const int QueueEvery = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    // Without words of postmap a host may only be busy: it says how far it is when it has nothing else to do.
    private static readonly TimeSpan Busy = TimeSpan.FromMinutes(10);

    // Postfix tries again after five minutes at first.
    private static readonly TimeSpan Retried = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);
    private StoreFault? _away;
    private StoreFault? _late;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var look = 0; !stoppingToken.IsCancellationRequested; look++)
        {
            await LookAsync(look, stoppingToken);
            await Task.WhenAny(Task.Delay(Pause, clock, stoppingToken));
        }
    }

    private async Task LookAsync(int look, CancellationToken cancellationToken)
    {
        try
        {
            Judge(await maps.LateAsync(cancellationToken));
            if (store is null) return;
            if (look % StoreEvery == 0) _away = await store.FaultAsync(cancellationToken) is { } words ? new(_away?.Since ?? clock.GetUtcNow(), words) : null;
            if (look % QueueEvery == 0) _late = await LateAsync(store, cancellationToken);
            delivery.Store = _away ?? _late;
        }
        catch (Exception e) when (e is System.Data.Common.DbException or PostfixToolException or System.Text.Json.JsonException or OperationCanceledException)
        {
            // Nothing new is known. What keeps the database from answering, its own pages tell.
        }
        catch (Exception e)
        {
            // A fault of this look must not end the panel.
            logger.DeliveryNotLookedAt(e);
        }
    }

    private void Judge(IReadOnlyList<LateHost> late)
    {
        foreach (var caughtUp in _since.Keys.Except(late.Select(h => h.Host), StringComparer.Ordinal).ToList()) _since.Remove(caughtUp);
        foreach (var host in late) _since.TryAdd(host.Host, clock.GetUtcNow());
        delivery.Maps = late.Select(h => new LateMaps(h.Host, _since[h.Host], h.Error))
            .Where(m => m.Words is not null || clock.GetUtcNow() - m.Since > Busy)
            .MinBy(m => m.Since);
    }

    private async Task<StoreFault?> LateAsync(StoreNextHop asked, CancellationToken cancellationToken)
    {
        var waiting = await asked.WaitingAsync(cancellationToken);
        delivery.Waiting = new(clock.GetUtcNow(), waiting);
        return StoreNextHop.FirstOf(waiting) is { } late && clock.GetUtcNow() - late.Since > Retried ? late : null;
    }
}
