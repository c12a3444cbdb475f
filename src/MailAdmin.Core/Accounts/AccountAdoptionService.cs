using System.Security.Cryptography;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>A mailbox without an account, and the account that it gets.</summary>
/// <param name="Username">The mailbox's name.</param>
/// <param name="Quota">Null means no limit.</param>
public sealed record AdoptedMailbox(long DomainId, LocalPart LocalPart, Username Username, MailboxId MailboxId, Quota? Quota);

/// <summary>
/// Makes accounts for mailboxes that the mail server has already: after a restore, those that were made since the backup.
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
        write.Record("account.adopted", domain, mailbox.Username.Value, after: new
        {
            Address = $"{mailbox.LocalPart}@{domain.Name}",
            KiB = mailbox.Quota?.KiB,
            MailboxId = mailbox.MailboxId.Value,
        });
        return account;
    }
}
