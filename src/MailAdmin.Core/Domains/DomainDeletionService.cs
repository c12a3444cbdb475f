using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>The outcome of a confirmed deletion.</summary>
public enum DeletionProgress
{
    Done,

    /// <summary>The domain no longer takes mail; the worker removes its contents step by step.</summary>
    Begun,
}

/// <summary>
/// Deletes domains with their accounts, addresses, aliases and names; usernames stay retired. Admins of the domain are kept; aliases
/// elsewhere lose the destinations that led here.
/// </summary>
public sealed class DomainDeletionService(MailDatabase database)
{
    /// <summary>What would be deleted now, or null if there is no such domain.</summary>
    public async Task<DomainContents?> PreviewAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await DomainContents.ReadAsync(context, id, cancellationToken);
    }

    /// <summary>
    /// Problems: TypedName differs from the domain's name; ChangedMeanwhile and ContentsChanged require the admin to look again. Mail is
    /// refused immediately. A small domain is gone on return. A large one is deleted in steps, because it would keep all other writers
    /// waiting for seconds.
    /// </summary>
    public Task<Result<DeletedDomain>> DeleteAsync(
        long id, DomainDeletion deletion, Actor actor, CancellationToken cancellationToken = default) =>
        PlanDeletion(id, deletion, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="DeleteAsync"/>
    public PlannedChange<DeletedDomain> PlanDeletion(long id, DomainDeletion deletion, Actor actor) =>
        new(database, actor, async write =>
        {
            var domain = await write.Context.Domains.Include(d => d.Aliases).SingleOrDefaultAsync(d => d.Id == id);
            if (domain is null or { State: DomainState.Deleting }) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains);
            if (!DomainName.TryParse(deletion.TypedName, out var typed) || typed != domain.Name)
                return DomainProblems.ConfirmationDiffers(domain.Name.Display);
            if (domain.Version != deletion.Version) return DomainProblems.ChangedMeanwhile;
            if ((await DomainContents.ReadAsync(write.Context, id, default))!.Stamp != deletion.Stamp)
                return DomainProblems.ContentsChanged;
            domain.CatchAllAccountId = null;
            return new DeletedDomain(domain.Name, await RemoveOrBeginAsync(write, domain));
        });

    /// <summary>Carries out one step of a deletion. A domain that is gone needs none.</summary>
    public Task StepAsync(long id, CancellationToken cancellationToken) =>
        database.WriteAsync(Actor.Panel, async write =>
        {
            var domain = await write.Context.Domains.Include(d => d.Aliases)
                .SingleOrDefaultAsync(d => d.Id == id && d.State == DomainState.Deleting, cancellationToken);
            if (domain is null) return;
            var facts = DomainService.Facts(domain);
            if (await DomainRemoval.StepAsync(write, domain)) write.Record("domain.deleted", domain, domain.Name.Value, before: facts);
            else await write.EnqueueAsync(JobKind.DomainRemoval, id);
        }, cancellationToken);

    private static async Task<DeletionProgress> RemoveOrBeginAsync(MailWrite write, MailDomain domain)
    {
        var facts = DomainService.Facts(domain);
        if (await DomainRemoval.IsSmallAsync(write.Context, domain.Id))
        {
            while (!await DomainRemoval.StepAsync(write, domain)) await write.Context.SaveChangesAsync();
            write.Record("domain.deleted", domain, domain.Name.Value, before: facts);
            return DeletionProgress.Done;
        }
        domain.State = DomainState.Deleting;
        await write.EnqueueAsync(JobKind.DomainRemoval, domain.Id);
        write.Record("domain.deletion-begun", domain, domain.Name.Value, before: facts);
        return DeletionProgress.Begun;
    }
}

public sealed record DeletedDomain(DomainName Name, DeletionProgress Progress);
