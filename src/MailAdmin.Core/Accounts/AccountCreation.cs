using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>Creates an account within a transaction, after everything slow was done.</summary>
public sealed class AccountCreation(MailHostNames host)
{
    /// <summary>Problems carry the fields Address, Username and Quota. A job creates the mailbox.</summary>
    /// <param name="onServer">Usernames that have a mailbox on the server already.</param>
    internal async Task<Result<Account>> CreateAsync(MailWrite write, NewAccount request, IReadOnlySet<Username> onServer, string hash)
    {
        var domain = await write.DomainAsync(request.DomainId);
        if (domain is null) return DomainProblems.NotFound;
        write.Actor.Require(Permission.EditMail, domain.Id);
        if (domain.Routing == DomainRouting.Relay && domain.NextHop is null) return DomainProblems.Relayed(domain.Name.Display);
        var name = await NameAsync(write, domain, request, onServer);
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
            PersonName = request.PersonName,
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

    // Takes a place in the domain and the quota, then the username.
    private async Task<Result<Username>> NameAsync(
        MailWrite write, MailDomain domain, NewAccount request, IReadOnlySet<Username> onServer)
    {
        long? number = null;
        if (request.KeepsUsername) write.Actor.Require(Permission.EditDomains, domain.Id);
        else number = await AccountRules.TakeNumberAsync(write.Context, domain.Id);
        if (number is null && !(request.KeepsUsername && await AccountRules.TakePlaceAsync(write.Context, domain.Id)))
            return DomainProblems.AccountsFull(
                (await DomainQueries.ById(write.Context, domain.Id))!.AccountCount, domain.MaxAccounts ?? 0);
        if (await AccountRules.AllocateAsync(write.Context, domain, null, request.Quota, write.Actor) is { } quota)
            return quota.At("Quota");
        var rules = new NameRules(host, write.Actor, onServer);
        return number is { } next
            ? await AccountRules.NameAsync(write.Context, domain, request.LocalPart, request.Username, next, rules)
            : await AccountRules.FreeNameAsync(write.Context, request.Username, rules);
    }
}
