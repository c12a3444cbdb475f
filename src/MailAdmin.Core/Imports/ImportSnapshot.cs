using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Imports;

/// <summary>What exists of the domains that a list names, read with a few queries.</summary>
internal sealed class ImportSnapshot
{
    private readonly Dictionary<(long DomainId, LocalPart Part), ExistingAccount> _accounts = [];
    private readonly Dictionary<(long DomainId, LocalPart Part), ExistingAlias> _aliases = [];
    private readonly Dictionary<Username, ExistingAccount> _byName = [];

    public IReadOnlyCollection<ExistingAccount> Accounts => _byName.Values;

    public IEnumerable<(long DomainId, ExistingAlias Alias)> Aliases => _aliases.Select(a => (a.Key.DomainId, a.Value));

    public ExistingAccount? Account(long domainId, LocalPart part) => _accounts.GetValueOrDefault((domainId, part));

    public ExistingAccount? Account(Username name) => _byName.GetValueOrDefault(name);

    public ExistingAlias? Alias(long domainId, LocalPart part) => _aliases.GetValueOrDefault((domainId, part));

    /// <param name="rows">Only what these rows name; null for everything.</param>
    public static async Task<ImportSnapshot> ReadAsync(
        MailContext context, IReadOnlyCollection<long> domains, IReadOnlyCollection<ImportedRow>? rows, CancellationToken cancellationToken)
    {
        var found = new ImportSnapshot();
        var ids = domains.ToList();
        var accounts = context.Accounts.Where(a => ids.Contains(a.DomainId) && a.State != AccountState.Deleted);
        var aliases = context.Addresses.Where(a => ids.Contains(a.DomainId) && a.AccountId == null);
        if (rows is not null)
        {
            var parts = rows.SelectMany(r => r.Addresses).Distinct().ToList();
            var names = rows.Select(r => r.Username).OfType<Username>().Distinct().ToList();
            accounts = accounts.Where(a => names.Contains(a.Username) || a.Addresses.Any(x => parts.Contains(x.LocalPart)));
            aliases = aliases.Where(a => parts.Contains(a.LocalPart));
        }
        await found.AddAccountsAsync(accounts, cancellationToken);
        await found.AddAliasesAsync(aliases, cancellationToken);
        return found;
    }

    private async Task AddAccountsAsync(IQueryable<Account> accounts, CancellationToken cancellationToken)
    {
        var addresses = (await accounts.SelectMany(a => a.Addresses).OrderByDescending(a => a.IsPrimary).ThenBy(a => a.Id)
            .Select(a => new { a.AccountId, a.LocalPart }).ToListAsync(cancellationToken))
            .ToLookup(a => a.AccountId!.Value, a => a.LocalPart);
        var destinations = await DestinationsAsync(
            accounts.SelectMany(a => a.Redirect!.Destinations, (a, d) => new Named
            {
                Of = a.Id,
                Id = d.Id,
                Username = d.Account!.Username,
                External = d.External,
                Part = d.LocalAddress!.LocalPart,
                Domain = d.LocalAddress.Domain!.Name,
            }), cancellationToken);
        var found = await accounts.Select(a => new
        { a.Id, a.DomainId, a.Username, a.PersonName, a.Quota, a.PasswordHash, KeepsCopy = (bool?)a.Redirect!.KeepsCopy })
            .ToListAsync(cancellationToken);
        foreach (var a in found)
        {
            var to = destinations[a.Id].ToList();
            var account = new ExistingAccount(
                a.Id, a.DomainId, a.Username, a.PersonName, a.Quota, a.PasswordHash, [.. addresses[a.Id]], to.Count > 0 ? to : null,
                to.Count > 0 && a.KeepsCopy == true);
            _byName[a.Username] = account;
            foreach (var part in account.Addresses) _accounts[(a.DomainId, part)] = account;
        }
    }

    private async Task AddAliasesAsync(IQueryable<MailAddress> aliases, CancellationToken cancellationToken)
    {
        var destinations = await DestinationsAsync(
            aliases.SelectMany(a => a.Destinations, (a, d) => new Named
            {
                Of = a.Id,
                Id = d.Id,
                Username = d.Account!.Username,
                External = d.External,
                Part = d.LocalAddress!.LocalPart,
                Domain = d.LocalAddress.Domain!.Name,
            }), cancellationToken);
        var found = await aliases.Select(a => new { a.Id, a.DomainId, a.LocalPart }).ToListAsync(cancellationToken);
        foreach (var a in found) _aliases[(a.DomainId, a.LocalPart)] = new(a.Id, a.LocalPart, [.. destinations[a.Id]]);
    }

    private static async Task<ILookup<long, string>> DestinationsAsync(IQueryable<Named> query, CancellationToken cancellationToken) =>
        (await query.OrderBy(n => n.Id).ToListAsync(cancellationToken))
            .ToLookup(n => n.Of, n => n.Username?.Value ?? n.External?.Value ?? $"{n.Part}@{n.Domain}");

    private sealed class Named
    {
        public long Of { get; init; }

        public long Id { get; init; }

        public Username? Username { get; init; }

        public AddrSpec? External { get; init; }

        public LocalPart? Part { get; init; }

        public DomainName? Domain { get; init; }
    }
}
