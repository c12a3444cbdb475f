using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Worker;

/// <summary>Carries out one task: reads what it is about as it stands now, makes Cyrus match, and says what came of it.</summary>
internal sealed class OutboxTasks(
    MailboxRepository mailboxes, DomainDeletionService domains, DomainAliasService names, VacationRepository vacations, CyrusMailboxes cyrus, SieveScripts scripts,
    CyrusSignOut sessions, TimeProvider clock)
{
    /// <exception cref="OperationCanceledException">The worker stops; nothing is known of the task.</exception>
    public async Task<TaskOutcome> RunAsync(OutboxTask task, CancellationToken cancellationToken)
    {
        try
        {
            await FulfilAsync(task, cancellationToken);
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
            await cyrus.EnsureAsync(new MailboxWish(facts.Username, facts.Quota, facts.Folders), cancellationToken);
    }

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
