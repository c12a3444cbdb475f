using System.Text.Json;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <param name="Username">The account that has the address; null if it is an alias.</param>
public sealed record GivenAddress(LocalPart LocalPart, Username? Username);

/// <summary>An address of an account, for editing.</summary>
/// <param name="AliasCount">Number of aliases that have it as a destination.</param>
public sealed record AccountAddress(long Id, LocalPart LocalPart, bool IsPrimary, int AliasCount);

/// <summary>Reads the addresses of one account.</summary>
public sealed class AccountAddressRepository(MailDatabase database)
{
    /// <summary>Addresses that a deleted account had and that others have now: the account is restored without them.</summary>
    public async Task<IReadOnlyList<GivenAddress>> ListGivenAwayAsync(
        MailDomain domain, DeletedAccount account, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var (name, since) = (account.Username.Value, account.DeletedAt);
        var events = await context.AuditEvents.Where(
            e => e.Subject == name && e.At >= since && e.Kind == AddressClaims.GivenAway && e.DomainId == domain.Id)
            .Select(e => e.Before!).ToListAsync(cancellationToken);
        var parts = events.Select(e => JsonDocument.Parse(e).RootElement.GetProperty("address").GetString()!.Split('@')[0])
            .Distinct(StringComparer.Ordinal)
            .Select(LocalPart.Parse).ToList();
        if (parts.Count == 0) return [];
        return await context.Addresses.Where(a => a.DomainId == domain.Id && parts.Contains(a.LocalPart) && a.AccountId != account.Id)
            .Select(a => new GivenAddress(a.LocalPart, a.Account!.Username)).ToListAsync(cancellationToken);
    }

    /// <summary>The primary address comes first.</summary>
    public async Task<IReadOnlyList<AccountAddress>> ListAsync(long accountId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await Rows(context, context.Addresses.Where(a => a.AccountId == accountId)).ToListAsync(cancellationToken);
    }

    public async Task<AccountAddress?> FindAsync(long accountId, long addressId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await Rows(context, context.Addresses.Where(a => a.AccountId == accountId && a.Id == addressId))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<AccountAddress> Rows(MailContext context, IQueryable<MailAddress> addresses) =>
        addresses.OrderByDescending(a => a.IsPrimary).ThenBy(a => a.Id)
            .Select(a =>
                new AccountAddress(
                    a.Id, a.LocalPart, a.IsPrimary, context.Destinations.Count(d => d.LocalAddressId == a.Id && d.AliasId != null)));
}
