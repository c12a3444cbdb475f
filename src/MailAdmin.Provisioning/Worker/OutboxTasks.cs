using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Worker;

/// <summary>Carries out tasks: reads what each is about as it stands now, makes Cyrus match, and says what came of it.</summary>
internal sealed class OutboxTasks(
    MailboxRepository mailboxes, DomainDeletionService domains, DomainAliasService names, VacationRepository vacations, CyrusMailboxes cyrus, NewMailboxes newMailboxes,
    SieveScripts scripts, CyrusSignOut sessions, TimeProvider clock, ILogger<OutboxTasks> logger)
{
    /// <summary>New mailboxes first and together, the rest one after the other. One failure never stops the next.</summary>
    /// <returns>One outcome for each task.</returns>
    /// <exception cref="OperationCanceledException">The worker stops; nothing is known of the tasks.</exception>
    public async Task<IReadOnlyList<TaskOutcome>> RunAsync(IReadOnlyList<OutboxTask> tasks, CancellationToken cancellationToken)
    {
        var outcomes = await MakeAsync(tasks, cancellationToken);
        foreach (var task in tasks.Except(outcomes.Select(o => o.Task)).ToList())
            outcomes.Add(await TryAsync(task, () => FulfilAsync(task, cancellationToken), cancellationToken));
        return outcomes;
    }

    // What is not among the outcomes goes its own way, and is told what is wrong with it there. So does what failed before: what ends the
    // connection each time must not take its neighbours along for ever.
    private async Task<List<TaskOutcome>> MakeAsync(IReadOnlyList<OutboxTask> tasks, CancellationToken cancellationToken)
    {
        var wishes = new Dictionary<OutboxTask, MailboxWish>();
        try
        {
            foreach (var task in tasks.Where(t => t is { Kind: OutboxKind.Mailbox, Attempts: 0 }))
                if (await mailboxes.FindAsync(task.SubjectId, cancellationToken) is { IsReady: false } facts) wishes[task] = WishOf(facts);
            if (wishes.Count == 0) return [];
            var made = await newMailboxes.CreateAsync([.. wishes.Values], cancellationToken);
            var outcomes = new List<TaskOutcome>();
            foreach (var (task, wish) in wishes.Where(w => made.Contains(w.Value.Username)))
                outcomes.Add(await TryAsync(task, () => FinishAsync(wish, cancellationToken), cancellationToken));
            return outcomes;
        }
        catch (CyrusUnavailableException e)
        {
            return [.. wishes.Keys.Select(task => Failed(task, e.Message, refused: false))];
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    private async Task FinishAsync(MailboxWish wish, CancellationToken cancellationToken)
    {
        if (!await newMailboxes.AddFoldersAsync(wish, cancellationToken)) await cyrus.EnsureAsync(wish, cancellationToken);
    }

    private async Task<TaskOutcome> TryAsync(OutboxTask task, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return new(task);
        }
        catch (Exception e) when (e is CyrusRefusedException or SieveRefusedException)
        {
            return Failed(task, e.Message, refused: true);
        }
        catch (Exception e) when (e is CyrusUnavailableException or SieveUnavailableException)
        {
            return Failed(task, e.Message, refused: false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A fault of ours: kept with the task, so that it is seen, and out of the way of the others.
            logger.TaskFailed(e, task.Kind, task.SubjectId);
            return Failed(task, e.Message, refused: true);
        }
    }

    private Task FulfilAsync(OutboxTask task, CancellationToken cancellationToken) => task.Kind switch
    {
        OutboxKind.Mailbox => EnsureAsync(task.SubjectId, cancellationToken),
        OutboxKind.Script => EnsureScriptAsync(task.SubjectId, cancellationToken),
        OutboxKind.Removal => RemoveAsync(task.SubjectId, cancellationToken),
        OutboxKind.SignOut => SignOutAsync(task.SubjectId, cancellationToken),
        OutboxKind.DomainRemoval => domains.StepAsync(task.SubjectId, cancellationToken),
        OutboxKind.DomainNames => names.StepAsync(task.SubjectId, cancellationToken),
        _ => throw new NotSupportedException($"No worker for {task.Kind}."),
    };

    private async Task EnsureAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await mailboxes.FindAsync(accountId, cancellationToken) is { } facts)
            await cyrus.EnsureAsync(WishOf(facts), cancellationToken);
    }

    private static MailboxWish WishOf(MailboxFacts facts) => new(facts.Username, facts.Quota, facts.Folders);

    private async Task EnsureScriptAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await vacations.FactsAsync(accountId, cancellationToken) is not { } facts) return;
        if (!facts.MailboxReady) throw new SieveUnavailableException("The mailbox is not there yet");
        await scripts.EnsureAsync(facts, cancellationToken);
        var activated = facts.IsOn ? facts.Activation : 0;
        if (facts.Activated != activated) await vacations.NoteActivatedAsync(accountId, activated, cancellationToken);
    }

    private async Task RemoveAsync(long retiredId, CancellationToken cancellationToken)
    {
        if (await mailboxes.FindRetiredAsync(retiredId, cancellationToken) is not { } username) return;
        await sessions.EndAsync(username, cancellationToken);
        await cyrus.RemoveAsync(username, cancellationToken);
    }

    // The mailbox of an account that is gone meanwhile is removed by another task, which ends its sessions too.
    private async Task SignOutAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await mailboxes.FindAsync(accountId, cancellationToken) is { } facts) await sessions.EndAsync(facts.Username, cancellationToken);
    }

    private TaskOutcome Failed(OutboxTask task, string words, bool refused) =>
        new(task, words, refused, clock.GetUtcNow() + RetrySchedule.Pause(task.Attempts + 1, refused));
}
