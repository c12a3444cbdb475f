using System.Runtime.CompilerServices;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Hosting;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Worker;

/// <summary>Carries out jobs: reads the current state of each job's subject, makes Cyrus match, and returns the outcome.</summary>
internal sealed class JobRunner(
    MailboxRepository mailboxes, DomainDeletionService domains, DomainAliasService names, VacationRepository vacations,
    CyrusMailboxes cyrus, BatchMailboxCreator newMailboxes, ImportSteps imports,
    SieveScripts scripts, UserJobs users, CyrusSignOut sessions, TimeProvider clock, ILogger<JobRunner> logger)
{
    /// <summary>
    /// Whether the job is a mailbox job without earlier attempts: its mailbox may be new, and new mailboxes are made together. A job
    /// that failed runs alone from then on, because a job that ends the connection each time would fail its neighbours each time too.
    /// </summary>
    public static bool GoesTogether(ProvisioningJob job) => job is { Kind: JobKind.Mailbox, Attempts: 0 };

    /// <summary>
    /// Makes the new mailboxes first and together, then runs the other jobs one after the other. A refusal stops no other job. When Cyrus
    /// is unavailable, the jobs that go together are deferred without being tried one by one.
    /// </summary>
    /// <param name="jobs">
    /// One job, or several that go together. Others may be among them, but a server that hangs then delays each of them.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the worker stops; the remaining jobs get no outcome.</param>
    /// <returns>One outcome for each job, as soon as it is known.</returns>
    public async IAsyncEnumerable<JobOutcome> RunAsync(
        IReadOnlyList<ProvisioningJob> jobs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (made, away) = await MakeAsync(jobs, cancellationToken);
        foreach (var job in jobs)
        {
            var outcome = away is not null && GoesTogether(job)
                ? Failed(job, away, refused: false)
                : await JobMetrics.TraceAsync(job, () => TryAsync(
                    job, () => made.TryGetValue(job, out var spec)
                        ? FinishAsync(spec, cancellationToken) : FulfilAsync(job, cancellationToken), cancellationToken));
            if (outcome is { Error: { } error, Refused: false }) away = error;
            yield return outcome;
        }
    }

    /// <summary>
    /// Makes the mailboxes of new jobs. Returns the jobs whose mailboxes exist now, or the reason why Cyrus can't be asked. A job that
    /// is in neither is run on its own afterwards, and gets its error there.
    /// </summary>
    private async Task<(Dictionary<ProvisioningJob, Made> Made, string? Away)> MakeAsync(
        IReadOnlyList<ProvisioningJob> jobs, CancellationToken cancellationToken)
    {
        try
        {
            var specs = new Dictionary<ProvisioningJob, MailboxSpec>();
            foreach (var job in jobs.Where(GoesTogether))
                if (await mailboxes.FindAsync(job.SubjectId, cancellationToken) is { IsReady: false, TakeOver: TakeOver.None } facts)
                    specs[job] = SpecOf(facts);
            if (specs.Count == 0) return ([], null);
            var made = await newMailboxes.CreateAsync([.. specs.Values], cancellationToken);
            return (specs.Where(w => made.ContainsKey(w.Value.Username))
                .ToDictionary(w => w.Key, w => new Made(w.Value, made[w.Value.Username])), null);
        }
        catch (ServerUnavailableException e)
        {
            return ([], e.Message);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return ([], null);
        }
    }

    private async Task<MailboxOutcome?> FinishAsync(Made made, CancellationToken cancellationToken)
    {
        var (spec, id) = made;
        if (await newMailboxes.AddFoldersAsync(spec, cancellationToken)) return new(spec.Id, id, null);
        return await cyrus.EnsureAsync(spec with { Id = id }, cancellationToken) with { Requested = spec.Id };
    }

    private async Task<JobOutcome> TryAsync(ProvisioningJob job, Func<Task<MailboxOutcome?>> work, CancellationToken cancellationToken)
    {
        try
        {
            return new(job) { Mailbox = await work() };
        }
        catch (ForeignMailboxException e)
        {
            return Failed(job, e.Message, refused: true) with { IsConflict = true };
        }
        catch (ServerRefusedException e)
        {
            return Failed(job, e.Message, refused: true);
        }
        catch (ServerUnavailableException e)
        {
            return Failed(job, e.Message, refused: false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A bug in the panel: the error is kept with the job, where the admin sees it, and the long pause keeps it out of the other
            // jobs' way.
            logger.JobFailed(e, job.Kind, job.SubjectId);
            return Failed(job, e.Message, refused: true);
        }
    }

    /// <returns>The mailbox, if the job was about one.</returns>
    private async Task<MailboxOutcome?> FulfilAsync(ProvisioningJob job, CancellationToken cancellationToken)
    {
        if (job.Kind == JobKind.Mailbox) return await EnsureAsync(job.SubjectId, cancellationToken);
        await (job.Kind switch
        {
            JobKind.Script => EnsureScriptAsync(job.SubjectId, cancellationToken),
            JobKind.Removal => RemoveAsync(job.SubjectId, cancellationToken),
            JobKind.SignOut => SignOutAsync(job.SubjectId, cancellationToken),
            JobKind.DomainRemoval => domains.StepAsync(job.SubjectId, cancellationToken),
            JobKind.ScriptAside => OfOwnAsync(job.SubjectId, users.SetScriptAsideAsync, cancellationToken),
            JobKind.ForeignRights => OfOwnAsync(job.SubjectId, users.TakeForeignRightsAsync, cancellationToken),
            JobKind.DomainNames => names.StepAsync(job.SubjectId, cancellationToken),
            JobKind.Import => imports.StepAsync(job.SubjectId, cancellationToken),
            _ => throw new NotSupportedException($"No worker for {job.Kind}."),
        });
        return null;
    }

    // A job may change a mailbox only after a check that the mailbox is the account's own.
    private async Task OfOwnAsync(long accountId, Func<long, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (await mailboxes.FindAsync(accountId, cancellationToken) is not { } facts) return;
        await cyrus.CheckAsync(new(facts.Username, facts.MailboxId), cancellationToken);
        await work(accountId, cancellationToken);
    }

    private async Task<MailboxOutcome?> EnsureAsync(long accountId, CancellationToken cancellationToken)
    {
        try
        {
            return await TryEnsureAsync(accountId, cancellationToken);
        }
        catch (MissingMailboxException)
        {
            await mailboxes.MakeAgainAsync(accountId, cancellationToken);
            return await TryEnsureAsync(accountId, cancellationToken);
        }
    }

    private async Task<MailboxOutcome?> TryEnsureAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await mailboxes.FindAsync(accountId, cancellationToken) is not { } facts) return null;
        if (facts.TakeOver.HasFlag(TakeOver.StopScript))
        {
            await cyrus.CheckAsync(new(facts.Username, facts.MailboxId), cancellationToken);
            await scripts.StopAsync(facts.Username, cancellationToken);
        }
        return await cyrus.EnsureAsync(SpecOf(facts), cancellationToken);
    }

    private static MailboxSpec SpecOf(MailboxFacts facts) =>
        new(facts.Username, facts.Quota, facts.Folders) { Id = facts.MailboxId, IsReady = facts.IsReady, TakeOver = facts.TakeOver };

    private async Task EnsureScriptAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await vacations.FactsAsync(accountId, cancellationToken) is not { } facts) return;
        if (!facts.MailboxReady) throw new SieveUnavailableException("The mailbox is not there yet");
        await cyrus.CheckAsync(new(facts.Username, facts.MailboxId), cancellationToken);
        await scripts.EnsureAsync(facts, cancellationToken);
        var activated = facts.IsOn ? facts.Activation : 0;
        if (facts.Activated != activated) await vacations.SaveActivatedAsync(accountId, activated, cancellationToken);
    }

    private async Task RemoveAsync(long retiredId, CancellationToken cancellationToken)
    {
        if (await mailboxes.FindRetiredAsync(retiredId, cancellationToken) is not { } mailbox) return;
        await sessions.EndAsync(mailbox.Username, cancellationToken);
        await cyrus.RemoveAsync(mailbox, cancellationToken);
    }

    // The mailbox of an account that has been deleted meanwhile is removed by another job, which also ends its sessions.
    private async Task SignOutAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await mailboxes.FindAsync(accountId, cancellationToken) is { } facts)
            await sessions.EndAsync(facts.Username, cancellationToken);
    }

    private JobOutcome Failed(ProvisioningJob job, string words, bool refused) =>
        new(job, words, refused, clock.GetUtcNow() + RetrySchedule.Pause(job.Attempts + 1, refused));

    /// <summary>A mailbox that was made together with others.</summary>
    private sealed record Made(MailboxSpec Spec, MailboxId? Id);
}
