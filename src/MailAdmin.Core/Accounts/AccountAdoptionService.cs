using System.Security.Cryptography;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>A mailbox without an account, and the account that it gets.</summary>
/// <param name="Username">The mailbox's name.</param>
/// <param name="Quota">Null means no limit.</param>
public sealed record AdoptedMailbox(long DomainId, LocalPart LocalPart, Username Username, MailboxId MailboxId, Quota? Quota);

/// <summary>Reasons why a mailbox cannot be adopted.</summary>
public static class AdoptionProblems
{
    /// <summary>The address is not in a domain of this panel.</summary>
    public static Problem DomainUnknown { get; } = new("AdoptionDomainUnknown", "Address");
}

/// <summary>
/// Makes accounts for mailboxes that the mail server has already: those of the system that this panel succeeds, and after a restore those
/// that were made since the backup.
/// </summary>
public sealed class AccountAdoptionService(MailDatabase database, PasswordHasher hasher, PasswordHashQueue queue, MailHostNames host)
{
    private const int PasswordLength = 40;

    /// <summary>
    /// Makes an account for the mailbox, with everything in it. Its password is random and nobody knows it: the owner needs a new one. Only
    /// a superuser may do this. Problems carry the fields Address, Username and Quota.
    /// </summary>
    public async Task<PlannedChange<Account>> PlanAsync(AdoptedMailbox mailbox, Actor actor)
    {
        var unknown = RandomNumberGenerator.GetHexString(PasswordLength);
        var hash = await queue.RunAsync(() => hasher.Hash(unknown), CancellationToken.None);
        return new(database, actor, write => CreateAsync(write, mailbox, hash));
    }

    /// <summary>The same with a password. Problems carry the fields Password and Confirmation as well.</summary>
    /// <inheritdoc cref="PlanAsync"/>
    public async Task<Result<Account>> AdoptAsync(
        AdoptedMailbox mailbox, string? password, string? confirmation, Actor actor, CancellationToken cancellationToken = default)
    {
        var weak = PasswordRules.Check(password, confirmation, [mailbox.LocalPart.Value, mailbox.Username.Value]);
        if (weak.Count > 0) return weak.ToList();
        var hash = await queue.RunAsync(() => hasher.Hash(password!), cancellationToken);
        return await database.WriteAsync(actor, write => CreateAsync(write, mailbox, hash), cancellationToken);
    }

    private async Task<Result<Account>> CreateAsync(MailWrite write, AdoptedMailbox mailbox, string hash)
    {
        write.Actor.Require(Permission.RunPanel);
        if (await DomainQueries.ById(write.Context, mailbox.DomainId) is not { } domain) return DomainProblems.NotFound;
        // The name is on the server, as it has to be.
        var name = await AccountRules.FreeNameAsync(
            write.Context, mailbox.Username, new(host, write.Actor, new HashSet<Username>()));
        if (!name.Succeeded) return name.Problems.ToList();
        if (!await AccountRules.TakePlaceAsync(write.Context, domain.Id))
            return DomainProblems.AccountsFull(domain.AccountCount, domain.MaxAccounts ?? 0);
        if (await AccountRules.AllocateAsync(write.Context, domain, null, mailbox.Quota, write.Actor) is { } quota)
            return quota.At("Quota");
        var address = await AddressClaims.ClaimAsync(write, domain, mailbox.LocalPart);
        if (!address.Succeeded) return address.Problems.ToList();
        var account = new Account
        {
            DomainId = domain.Id,
            Username = mailbox.Username,
            MailboxId = mailbox.MailboxId,
            PasswordHash = hash,
            PasswordChangedAt = write.Now,
            Quota = mailbox.Quota,
            CreatedAt = write.Now,
        };
        (address.Value.Account, address.Value.IsPrimary) = (account, true);
        write.Context.Accounts.Add(account);
        await write.Context.SaveChangesAsync();
        write.EnqueueNew(JobKind.Mailbox, [account.Id]);
        await RepairFindingAsync(write, mailbox.Username);
        write.Record("account.adopted", domain, mailbox.Username.Value, after: new
        {
            Address = $"{mailbox.LocalPart}@{domain.Name}",
            KiB = mailbox.Quota?.KiB,
            MailboxId = mailbox.MailboxId.Value,
        });
        return account;
    }

    // The latest comparison has found the mailbox without an account.
    private static Task RepairFindingAsync(MailWrite write, Username username) => write.Context.DriftFindings
        .Where(f => f.Kind == DriftKind.MailboxOrphaned && f.Subject == username.Value && f.RepairedAt == null)
        .ExecuteUpdateAsync(set => set.SetProperty(f => f.RepairedAt, write.Now));
}
