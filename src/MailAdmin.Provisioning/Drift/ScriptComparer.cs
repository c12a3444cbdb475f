using MailAdmin.Core.Drift;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Drift;

/// <summary>Looks whether each vacation that is on is what answers; a sign-in each, so only those are looked at.</summary>
internal sealed class ScriptComparer(DriftAccounts accounts, SieveScripts scripts)
{
    private const int BatchSize = 50;

    /// <exception cref="SieveUnavailableException">The server can't be asked.</exception>
    public async Task CompareAsync(Func<IReadOnlyList<DriftFinding>, Task> report, CancellationToken cancellation)
    {
        for (long last = 0; ;)
        {
            var batch = await accounts.WithVacationAsync(last, BatchSize, cancellation);
            if (batch.Count == 0) return;
            var found = new List<DriftFinding>();
            foreach (var account in batch)
            {
                if (await StateAsync(account, cancellation) is not { } state) continue;
                found.Add(new() { Kind = DriftKind.ScriptInactive, AccountId = account.Id, Domain = account.Domain.Value, Subject = account.Username.Value, Wanted = SieveScripts.Name, Found = state });
            }
            await report(found);
            last = batch[^1].Id;
        }
    }

    /// <returns>Null when it is as it should be; else what is there.</returns>
    private async Task<string?> StateAsync(DriftAccount account, CancellationToken cancellation)
    {
        try
        {
            var state = await scripts.LookAsync(account.Username, cancellation);
            return state switch
            {
                { IsThere: false } => "missing",
                { IsActive: false } => "inactive",
                _ => null,
            };
        }
        catch (SieveRefusedException refusal)
        {
            return refusal.Message;
        }
    }
}
