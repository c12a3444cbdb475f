using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>
/// Creates an account inside a transaction: its place in the domain, its username, its address and the job for its mailbox.
/// </summary>
internal static class AccountCreation
{
    /// <param name="onServer">Usernames that the mail server has a mailbox for.</param>
    /// <param name="hash">The hash of the password.</param>
    public static async Task<Result<Account>> CreateAsync(
        MailWrite write, NewAccount request, IReadOnlySet<Username> onServer, string hash, MailHostNames host)
    {
        var domain = await DomainQueries.ById(write.Context, request.DomainId);
        if (domain is null) return DomainProblems.NotFound;
        write.Actor.Require(Permission.EditMail, domain.Id);
        if (domain.Routing == DomainRouting.Relay && domain.NextHop is null) return DomainProblems.Relayed(domain.Name.Display);
        if (await AccountRules.TakeNumberAsync(write.Context, domain.Id) is not { } number)
            return DomainProblems.AccountsFull(domain.AccountCount, domain.MaxAccounts ?? 0);
        if (await AccountRules.AllocateAsync(write.Context, domain, null, request.Quota, write.Actor) is { } quota)
            return quota.At("Quota");
        var name = await AccountRules.NameAsync(
            write.Context, domain, request.LocalPart, request.Username, number, new(host, write.Actor, onServer));
        if (!name.Succeeded) return name.Problems.ToList();
        var address = await AddressClaims.ClaimAsync(write, domain, request.LocalPart);
        if (!address.Succeeded) return address.Problems.ToList();
        var account = new Account
        {
            DomainId = domain.Id,
            Username = name.Value,
            MailboxId = MailboxId.New(),
            PasswordHash = hash,
            PasswordChangedAt = write.Now,
            Quota = request.Quota,
            CreatedAt = write.Now,
        };
        (address.Value.Account, address.Value.IsPrimary) = (account, true);
        write.Context.Accounts.Add(account);
        await write.Context.SaveChangesAsync();
        write.EnqueueNew(JobKind.Mailbox, [account.Id]);
        write.Record(
            "account.created", domain, name.Value.Value,
            after: new { Address = $"{request.LocalPart}@{domain.Name}", KiB = request.Quota?.KiB });
        return account;
    }
}
