using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Imports;

/// <summary>Carries one row out within a transaction, by the services' own methods; for the preview as well as for real.</summary>
internal sealed class ImportRowWriter(AccountCreation creation)
{
    /// <summary>Everything except an account's redirect.</summary>
    /// <param name="hash">The hash of the password that the account gets; null if its password stays.</param>
    /// <param name="onServer">Usernames that have a mailbox on the server already.</param>
    /// <returns>The account; null for an alias.</returns>
    public async Task<Result<RowWritten>> WriteAsync(MailWrite write, ImportedRow row, string? hash, IReadOnlySet<Username> onServer)
    {
        if (row.Kind == ImportKind.Alias) return await WriteAliasAsync(write, row);
        if (row.Account is { } present) return await ChangeAsync(write, row, present.Id, hash);
        var domain = row.Domain!;
        var quota = row.Quota is { } wanted ? wanted.Value : domain.DefaultQuota;
        var created = await creation.CreateAsync(write, new(domain.Id, row.LocalPart!, quota, null, null, row.Username)
        {
            PersonName = row.PersonName,
            KeepsUsername = row.Username is not null && domain.NamingScheme != NamingScheme.Free,
        }, onServer, hash ?? "");
        if (!created.Succeeded) return created.Problems.ToList();
        if (row.Further.Count == 0) return new RowWritten(created.Value.Id);
        var account = await AccountChanges.FindAsync(write, created.Value.Id);
        return await AddAddressesAsync(write, row, account!) is { } problem ? problem : new RowWritten(account!.Id);
    }

    /// <summary>The account's redirect, after all other rows.</summary>
    public static async Task<Result<RowWritten>> WriteRedirectAsync(MailWrite write, ImportedRow row, long accountId)
    {
        var set = await RedirectService.SetAsync(write, accountId, row.Destinations ?? [], row.KeepsCopy ?? true);
        return set.Succeeded ? new RowWritten(accountId) : set.Problems.ToList();
    }

    private static async Task<Result<RowWritten>> WriteAliasAsync(MailWrite write, ImportedRow row)
    {
        var written = row.Alias is { } present
            ? await AliasService.ReplaceAsync(write, present.Id, row.Destinations ?? [])
            : await AliasService.CreateAsync(write, row.Domain!.Id, row.LocalPart!, row.Destinations ?? []);
        return written.Succeeded ? new RowWritten(null) : written.Problems.ToList();
    }

    private static async Task<Result<RowWritten>> ChangeAsync(MailWrite write, ImportedRow row, long id, string? hash)
    {
        if (await AccountChanges.FindAsync(write, id) is not { } account) return AccountProblems.NotFound;
        if (row.Changed(ListColumn.Name) && PersonNameService.Set(write, account, row.PersonName) is { } name) return name;
        if (row.Changed(ListColumn.Quota)
            && await AccountService.SetQuotaAsync(write, account, row.Quota!.Value) is { } quota) return quota;
        if (hash is not null) await AccountService.SetHashAsync(write, account, hash, null);
        return await AddAddressesAsync(write, row, account) is { } problem ? problem : new RowWritten(id);
    }

    private static async Task<Problem?> AddAddressesAsync(MailWrite write, ImportedRow row, Account account)
    {
        foreach (var part in row.Addresses.Where(p => account.Addresses.TrueForAll(a => a.LocalPart != p)).ToList())
            if (await AccountAddressService.AddAsync(write, account, part) is { } problem) return problem;
        return null;
    }
}

/// <param name="AccountId">Null for an alias.</param>
internal sealed record RowWritten(long? AccountId);
