using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Hosting;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Worker;

/// <summary>
/// Checks the scripts of the vacations that are on, once a day: updates a script after an address was added or removed, notes a script that
/// another program switched off, and ends a vacation that is over. It uses one connection and checks a few accounts a second, to keep the
/// load on the server low.
/// </summary>
internal sealed class VacationCheckHostedService(
    VacationCheckRepository looks, VacationRepository vacations, SieveScripts scripts, CyrusMailboxes mailboxes, TimeProvider time,
    ILogger<VacationCheckHostedService> logger) : BackgroundService
{
    private const int BatchSize = 20;

    // Between two accounts: about ten sign-ins a second at most.
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(50);

    // Between two queries for accounts that are due.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Looking at the scripts of vacations", time, logger)
            .RunAsync(async token => await CheckAsync(token) ? Gap : Pause, stoppingToken);

    /// <returns>Whether any account was due.</returns>
    private async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        var due = await looks.NextAsync(BatchSize, cancellationToken);
        List<long> over = [.. due.Where(d => d.IsOver).Select(d => d.AccountId)];
        if (over.Count > 0) await looks.EndAsync(over, cancellationToken);
        List<SeenVacation> seen = [];
        try
        {
            foreach (var look in due.Where(d => !d.IsOver))
            {
                seen.Add(new(look.AccountId, await IsSwitchedOffAsync(look.AccountId, cancellationToken)));
                await Task.Delay(Gap, cancellationToken);
            }
        }
        finally
        {
            // The server may become unavailable half-way: the accounts checked until then need not be checked again.
            if (seen.Count > 0) await looks.RecordAsync(seen, cancellationToken);
        }
        return due.Count > 0;
    }

    private async Task<bool?> IsSwitchedOffAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await vacations.FactsAsync(accountId, cancellationToken) is not { } facts) return null;
        try
        {
            await mailboxes.CheckAsync(new(facts.Username, facts.MailboxId), cancellationToken);
            var state = await scripts.CheckAsync(facts, cancellationToken);
            return facts.IsOn && state is { IsActive: false } or { IsEdited: true };
        }
        catch (Exception e) when (e is ServerRefusedException or ForeignMailboxException)
        {
            // The state of this account is unknown; the others are checked all the same.
            logger.VacationUnseen(e, accountId);
            return null;
        }
    }
}
