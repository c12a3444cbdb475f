using MailAdmin.Core.Drift;
using MailAdmin.Core.Scripts;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Drift;

/// <summary>
/// Checks whether each vacation that is on has the active script, and whether users' own scripts respect what their domain allows. Each
/// check needs a sign-in, so only accounts with scripts are checked.
/// </summary>
internal sealed class ScriptComparer(DriftAccounts accounts, ScriptAddresses addresses, SieveScripts scripts)
{
    private const int BatchSize = 50;

    /// <param name="withScripts">Ids of the accounts that may have scripts.</param>
    /// <param name="report">Gets the findings in batches.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="SieveUnavailableException">The server can't be asked, or refuses the panel's sign-in.</exception>
    public async Task CompareAsync(
        IReadOnlySet<long> withScripts, Func<IReadOnlyList<DriftFinding>, Task> report, CancellationToken cancellationToken)
    {
        // If the mailbox is missing or has never had a script, the vacation's script is missing as well, so accounts with a vacation are
        // added.
        var ids = withScripts.Union(await accounts.WithVacationAsync(cancellationToken)).Order();
        foreach (var batch in ids.Chunk(BatchSize))
        {
            var found = new List<DriftFinding>();
            foreach (var account in (await accounts.ScriptsAsync(batch, cancellationToken)).Where(a => !a.IsPending))
                found.AddRange(await CompareAsync(account, withScripts.Contains(account.Id), cancellationToken));
            await report(found);
        }
    }

    private async Task<List<DriftFinding>> CompareAsync(ScriptAccount account, bool hasScripts, CancellationToken cancellationToken)
    {
        var found = new List<DriftFinding>();
        try
        {
            if (account.IsAway && StateOf(await scripts.StateAsync(account.Username, cancellationToken)) is { } state)
                found.Add(Finding(account, DriftKind.ScriptInactive, SieveScripts.Name, state));
            if (hasScripts)
                found.AddRange(
                    await CheckAsync(account, await scripts.ReadActiveAsync(account.Username, cancellationToken), cancellationToken));
        }
        catch (SieveRefusedException refusal) when (
            refusal.Reason is SieveRefusal.SignIn or SieveRefusal.Unsupported or SieveRefusal.Referral)
        {
            // Cyrus refuses to sign in for a user without a mailbox, which is a finding of its own. If the account has scripts, it is the
            // panel's own sign-in that is refused, and nothing is known about any scripts.
            if (hasScripts) throw new SieveUnavailableException(refusal.Message, refusal);
        }
        catch (SieveRefusedException refusal)
        {
            if (account.IsAway && found.Count == 0)
                found.Add(Finding(account, DriftKind.ScriptInactive, SieveScripts.Name, refusal.Message));
        }
        return found;
    }

    private async Task<IEnumerable<DriftFinding>> CheckAsync(
        ScriptAccount account, ActiveScript active, CancellationToken cancellationToken)
    {
        var (redirects, senders) = (active.Summary.Redirects, active.Summary.Senders);
        var known = await addresses.FindAsync(
            account.Username, redirects.Select(r => r.Address).Concat(senders).OfType<string>(), cancellationToken);
        var outside = redirects.Where(r => r.Address is null || known.GetValueOrDefault(r.Address) is not { IsHere: true })
            .Select(r => Show(r.Address)).ToList();
        var foreign = senders.Where(s => s is null || known.GetValueOrDefault(s) is not { MaySend: true }).Select(Show).ToList();
        var found = new List<DriftFinding>();
        if (!account.AllowsOutside && outside.Count > 0)
            found.Add(Finding(account, DriftKind.ScriptForwards, null, string.Join(", ", outside)));
        if (foreign.Count > 0) found.Add(Finding(account, DriftKind.ScriptSender, null, string.Join(", ", foreign)));
        return found;
    }

    // An address that depends on the message can be any address.
    private static string Show(string? address) => address ?? "*";

    private static string? StateOf(ScriptState state) => state switch
    {
        { IsThere: false } => "missing",
        { IsActive: false } => "inactive",
        _ => null,
    };

    private static DriftFinding Finding(ScriptAccount account, DriftKind kind, string? wanted, string found) =>
        new()
        {
            Kind = kind,
            AccountId = account.Id,
            Domain = account.Domain.Value,
            Subject = account.Username.Value,
            Wanted = wanted,
            Found = found
        };
}
