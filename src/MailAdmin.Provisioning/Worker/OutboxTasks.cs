using System.Runtime.CompilerServices;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Hosting;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Worker;

/// <summary>Carries out tasks: reads the current state of each task's subject, makes Cyrus match, and returns the outcome.</summary>
internal sealed class OutboxTasks(
    MailboxRepository mailboxes, DomainDeletionService domains, DomainAliasService names, VacationRepository vacations,
    CyrusMailboxes cyrus, BatchMailboxCreator newMailboxes,
    SieveScripts scripts, UserTasks users, CyrusSignOut sessions, TimeProvider clock, ILogger<OutboxTasks> logger)
{
    /// <summary>
    /// Whether the task is a mailbox task without earlier attempts: its mailbox may be new, and new mailboxes are made together. A task
    /// that failed runs alone from then on, because a task that ends the connection each time would fail its neighbours each time too.
    /// </summary>
    public static bool GoesTogether(OutboxTask task) => task is { Kind: OutboxKind.Mailbox, Attempts: 0 };

    /// <summary>
    /// Makes the new mailboxes first and together, then runs the other tasks one after the other. A refusal stops no other task. When Cyrus
    /// is unavailable, the tasks that go together are deferred without being tried one by one.
    /// </summary>
    /// <param name="tasks">
    /// One task, or several that go together. Others may be among them, but a server that hangs then delays each of them.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the worker stops; the remaining tasks get no outcome.</param>
    /// <returns>One outcome for each task, as soon as it is known.</returns>
    public async IAsyncEnumerable<TaskOutcome> RunAsync(
        IReadOnlyList<OutboxTask> tasks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (made, away) = await MakeAsync(tasks, cancellationToken);
        foreach (var task in tasks)
        {
            var outcome = away is not null && GoesTogether(task) ? Failed(task, away, refused: false) : await TryAsync(
                task, () =>
                    made.TryGetValue(task, out var spec)
                    ? FinishAsync(spec, cancellationToken) : FulfilAsync(task, cancellationToken), cancellationToken);
            if (outcome is { Error: { } error, Refused: false }) away = error;
            yield return outcome;
        }
    }

    /// <summary>
    /// Makes the mailboxes of new tasks. Returns the tasks whose mailboxes exist now, or the reason why Cyrus can't be asked. A task that
    /// is in neither is run on its own afterwards, and gets its error there.
    /// </summary>
    private async Task<(Dictionary<OutboxTask, Made> Made, string? Away)> MakeAsync(
        IReadOnlyList<OutboxTask> tasks, CancellationToken cancellationToken)
    {
        try
        {
            var specs = new Dictionary<OutboxTask, MailboxSpec>();
            foreach (var task in tasks.Where(GoesTogether))
                if (await mailboxes.FindAsync(task.SubjectId, cancellationToken) is { IsReady: false, TakeOver: TakeOver.None } facts)
                    specs[task] = SpecOf(facts);
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

    private async Task<TaskOutcome> TryAsync(OutboxTask task, Func<Task<MailboxOutcome?>> work, CancellationToken cancellationToken)
    {
        try
        {
            return new(task) { Mailbox = await work() };
        }
        catch (ForeignMailboxException e)
        {
            return Failed(task, e.Message, refused: true) with { IsConflict = true };
        }
        catch (ServerRefusedException e)
        {
            return Failed(task, e.Message, refused: true);
        }
        catch (ServerUnavailableException e)
        {
            return Failed(task, e.Message, refused: false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A bug in the panel: the error is kept with the task, where the admin sees it, and the long pause keeps it out of the other
            // tasks' way.
            logger.TaskFailed(e, task.Kind, task.SubjectId);
            return Failed(task, e.Message, refused: true);
        }
    }

    /// <returns>The mailbox, if the task was about one.</returns>
    private async Task<MailboxOutcome?> FulfilAsync(OutboxTask task, CancellationToken cancellationToken)
    {
        if (task.Kind == OutboxKind.Mailbox) return await EnsureAsync(task.SubjectId, cancellationToken);
        await (task.Kind switch
        {
            OutboxKind.Script => EnsureScriptAsync(task.SubjectId, cancellationToken),
            OutboxKind.Removal => RemoveAsync(task.SubjectId, cancellationToken),
            OutboxKind.SignOut => SignOutAsync(task.SubjectId, cancellationToken),
            OutboxKind.DomainRemoval => domains.StepAsync(task.SubjectId, cancellationToken),
            OutboxKind.ScriptAside => OfOwnAsync(task.SubjectId, users.SetScriptAsideAsync, cancellationToken),
            OutboxKind.ForeignRights => OfOwnAsync(task.SubjectId, users.TakeForeignRightsAsync, cancellationToken),
            OutboxKind.DomainNames => names.StepAsync(task.SubjectId, cancellationToken),
            _ => throw new NotSupportedException($"No worker for {task.Kind}."),
        });
        return null;
    }

    // A task may change a mailbox only after a check that the mailbox is the account's own.
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
        if (facts.Activated != activated) await vacations.NoteActivatedAsync(accountId, activated, cancellationToken);
    }

    private async Task RemoveAsync(long retiredId, CancellationToken cancellationToken)
    {
        if (await mailboxes.FindRetiredAsync(retiredId, cancellationToken) is not { } mailbox) return;
        await sessions.EndAsync(mailbox.Username, cancellationToken);
        await cyrus.RemoveAsync(mailbox, cancellationToken);
    }

    // The mailbox of an account that has been deleted meanwhile is removed by another task, which also ends its sessions.
    private async Task SignOutAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await mailboxes.FindAsync(accountId, cancellationToken) is { } facts)
            await sessions.EndAsync(facts.Username, cancellationToken);
    }

    private TaskOutcome Failed(OutboxTask task, string words, bool refused) =>
        new(task, words, refused, clock.GetUtcNow() + RetrySchedule.Pause(task.Attempts + 1, refused));

    /// <summary>A mailbox that was made together with others.</summary>
    private sealed record Made(MailboxSpec Spec, MailboxId? Id);
}
