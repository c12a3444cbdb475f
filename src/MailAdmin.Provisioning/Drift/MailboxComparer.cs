using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Drift;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Drift;

/// <summary>Compares every account with its mailbox, and every mailbox with the accounts.</summary>
internal sealed class MailboxComparer(
    DriftAccounts accounts, RightsHolders holders, MailboxRepository recorded, CyrusOptions options, TimeProvider time)
{
    // Mailboxes for which commands are pipelined at once; the answers to that many fit into the buffers in between.
    private const int BatchSize = 250;

    // The folder of a user's scripts, which exists once ManageSieve has been used.
    private const string ScriptFolder = "#sieve";

    /// <param name="report">Gets the findings in batches, and how many accounts have been compared.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Ids of the accounts that may have Sieve scripts.</returns>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: what was reported is true, the rest is unknown.</exception>
    public async Task<IReadOnlySet<long>> CompareAsync(
        Func<IReadOnlyList<DriftFinding>, long, Task> report, CancellationToken cancellationToken)
    {
        using var survey = await ImapSurvey.SignInAsync(options, time, cancellationToken);
        var mailboxes = await ListAsync(survey, cancellationToken);
        var withScripts = new HashSet<long>();
        long done = 0;
        for (long last = 0; ;)
        {
            var batch = await accounts.NextAsync(last, BatchSize, cancellationToken);
            if (batch.Count == 0) break;
            var found = await CompareAsync(survey, batch, mailboxes, cancellationToken);
            await report(await StillAsync(found, batch, cancellationToken), done += batch.Count);
            withScripts.UnionWith(
                batch.Where(a => mailboxes.GetValueOrDefault(a.Username.Value)?.Contains(ScriptFolder) == true).Select(a => a.Id));
            foreach (var account in batch) mailboxes.Remove(account.Username.Value);
            last = batch[^1].Id;
        }
        foreach (var names in mailboxes.Keys.Chunk(BatchSize)) await report(await OrphansAsync(survey, names, cancellationToken), done);
        return withScripts;
    }

    // The folders of each user's mailbox. Many folders share few names, so each name is stored once.
    private static async Task<Dictionary<string, HashSet<string>>> ListAsync(ImapSurvey survey, CancellationToken cancellationToken)
    {
        var mailboxes = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        await survey.ListAsync((user, folder) =>
        {
            if (!mailboxes.TryGetValue(user, out var folders)) mailboxes[user] = folders = new(StringComparer.Ordinal);
            if (folder.Length == 0) return;
            known.TryAdd(folder, folder);
            folders.Add(known[folder]);
        }, cancellationToken);
        return mailboxes;
    }

    private async Task<List<DriftFinding>> CompareAsync(
        ImapSurvey survey, IReadOnlyList<DriftAccount> batch, Dictionary<string, HashSet<string>> mailboxes,
        CancellationToken cancellationToken)
    {
        // An account with pending jobs is not compared: the worker is about to make its mailbox match.
        var settled = batch.Where(a => !a.IsPending).ToList();
        var present = settled.Where(a => mailboxes.ContainsKey(a.Username.Value)).ToList();
        var found = settled.Where(a => !mailboxes.ContainsKey(a.Username.Value))
            .Select(a => Finding(a, DriftKind.MailboxMissing, null, null)).ToList();
        var answers = await survey.AskAsync([.. present.Select(a => a.Username.Value)], cancellationToken);
        for (var i = 0; i < present.Count; i++) found.AddRange(Compare(present[i], mailboxes[present[i].Username.Value], answers[i]));
        await RecordAsync(present, answers, cancellationToken);
        // Rights in another owner's mailbox are not the account's.
        var own = present.Where((a, i) => !IsForeign(a, answers[i])).ToHashSet();
        found.AddRange(
            (await ForeignAsync(survey, present, mailboxes, answers, cancellationToken)).Where(f => own.Any(a => a.Id == f.AccountId)));
        return found;
    }

    // A folder inherits the mailbox's rights when it is created, and is independent afterwards, so each one is read.
    private async Task<IEnumerable<DriftFinding>> ForeignAsync(
        ImapSurvey survey, List<DriftAccount> present, Dictionary<string, HashSet<string>> mailboxes,
        IReadOnlyList<SurveyedMailbox> answers, CancellationToken cancellationToken)
    {
        var rights = present.Select((a, i) => (Account: a, Rights: answers[i].Others.ToList()))
            .ToDictionary(r => r.Account.Username.Value, StringComparer.Ordinal);
        foreach (var chunk in present.SelectMany(a => mailboxes[a.Username.Value].Select(f => (a.Username.Value, f))).Chunk(BatchSize * 2))
        {
            var asked = await survey.AskRightsAsync(chunk, cancellationToken);
            for (var i = 0; i < chunk.Length; i++) rights[chunk[i].Value].Rights.AddRange(asked[i]);
        }
        var domains = await holders.DomainsAsync(rights.Values.SelectMany(r => r.Rights).Select(r => r.Identifier), cancellationToken);
        return rights.Values.Select(
            r => (r.Account,
            Foreign: r.Rights.Where(f => RightsHolders.Of(f.Identifier, r.Account.Domain, domains) != RightsHolder.Colleague).ToList()))
            .Where(r => r.Foreign.Count > 0)
                .Select(r => Finding(r.Account, DriftKind.RightsForeign, null, string.Join("; ", r.Foreign.Select(Show))));
    }

    private static string Show(FolderRight right) =>
        $"{(right.Folder.Length == 0 ? "INBOX" : right.Folder)}: {right.Identifier} {right.Rights}";

    // These accounts were made before the panel recorded ids; the mailbox that has their name now is theirs.
    private async Task RecordAsync(List<DriftAccount> present, IReadOnlyList<SurveyedMailbox> answers, CancellationToken cancellationToken)
    {
        List<(long, MailboxId)> met = [.. present.Zip(answers)
            .Where(p => p.First is { MailboxReady: true, MailboxId: null } && p.Second.Id is not null)
                .Select(p => (p.First.Id, p.Second.Id!))];
        if (met.Count > 0) await recorded.RecordAsync(met, cancellationToken);
    }

    private static bool IsForeign(DriftAccount account, SurveyedMailbox mailbox) =>
        account.MailboxId is { } own && mailbox.Id is { } met && own != met;

    private static IEnumerable<DriftFinding> Compare(DriftAccount account, HashSet<string> folders, SurveyedMailbox mailbox)
    {
        // A mailbox that is not the account's is compared no further.
        if (IsForeign(account, mailbox))
        {
            var finding = Finding(account, DriftKind.MailboxForeign, account.MailboxId!.Value, mailbox.Id!.Value);
            finding.MailboxId = mailbox.Id;
            yield return finding;
            yield break;
        }
        if (!account.MailboxReady) yield return Finding(account, DriftKind.MailboxNotRecorded, null, null);
        if (account.Quota?.KiB != mailbox.LimitKiB)
            yield return Finding(account, DriftKind.QuotaDiffers, Number(account.Quota?.KiB), Number(mailbox.LimitKiB));
        var lacking = CyrusRights.Owner.Except(mailbox.Rights).ToArray();
        if (lacking.Length > 0) yield return Finding(account, DriftKind.RightsMissing, CyrusRights.Owner, mailbox.Rights);
        var missing = account.Folders.Where(f => !folders.Contains(f)).ToList();
        if (missing.Count > 0) yield return Finding(account, DriftKind.FoldersMissing, string.Join(", ", missing), null);
    }

    // An admin or the worker may have changed the account between the two readings: only accounts that are unchanged count.
    private async Task<List<DriftFinding>> StillAsync(
        List<DriftFinding> found, IReadOnlyList<DriftAccount> batch, CancellationToken cancellationToken)
    {
        if (found.Count == 0) return found;
        var now = await accounts.AgainAsync([.. found.Select(f => f.AccountId!.Value).Distinct()], cancellationToken);
        var before = batch.ToDictionary(a => a.Id);
        return [.. found.Where(
            f => now.GetValueOrDefault(f.AccountId!.Value) is { IsPending: false } account
            && account.Version == before[account.Id].Version)];
    }

    private async Task<List<DriftFinding>> OrphansAsync(ImapSurvey survey, string[] names, CancellationToken cancellationToken)
    {
        var orphans = await accounts.OrphansAsync(names, cancellationToken);
        var answers = await survey.AskQuotaAsync(orphans, cancellationToken);
        // A mailbox without rights for its owner may still exist; one that is gone by now has no quota either.
        return [.. orphans.Select(
            (name, i) =>
            new DriftFinding { Kind = DriftKind.MailboxOrphaned, Subject = name, Found = Number(answers[i].UsedKiB),
            MailboxId = answers[i].Id })];
    }

    private static DriftFinding Finding(DriftAccount account, DriftKind kind, string? wanted, string? found) =>
        new()
        {
            Kind = kind,
            AccountId = account.Id,
            Domain = account.Domain.Value,
            Subject = account.Username.Value,
            Wanted = wanted,
            Found = found
        };

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
