using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Takeovers;

/// <summary>
/// Carries over what another program's database says: first the domains, then its accounts and aliases as an import, then catch-alls, other
/// names and services. What exists already is left as it is, so the same takeover again changes nothing (docs/decisions/0051).
/// </summary>
public sealed class TakeoverService(
    MailDatabase database, DomainService domains, DomainAliasService names, CatchAllService catchAlls, AccountStateService states)
{
    /// <summary>Creates the domains that are missing.</summary>
    /// <returns>Those that were created, and a finding for each that was refused.</returns>
    public async Task<(IReadOnlyList<DomainName> Created, IReadOnlyList<TakeoverFinding> Findings)> CreateDomainsAsync(
        SourceServer source, Actor actor, CancellationToken cancellationToken = default)
    {
        var (created, findings) = (new List<DomainName>(), new List<TakeoverFinding>());
        foreach (var domain in await MissingAsync(source, cancellationToken))
        {
            var result = await domains.CreateAsync(domain.Request, actor, cancellationToken);
            if (result.Succeeded) created.Add(domain.Request.Name);
            else findings.AddRange(Refused(domain.Request.Name.Value, result));
        }
        return (created, findings);
    }

    /// <summary>The domains that are not hosted here yet.</summary>
    public async Task<IReadOnlyList<SourceDomain>> MissingAsync(SourceServer source, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var present = (await context.Domains.Select(d => d.Name).ToListAsync(cancellationToken)).ToHashSet();
        return [.. source.Domains.Where(d => !present.Contains(d.Request.Name))];
    }

    /// <summary>The accounts and aliases in the form that an import reads.</summary>
    public static MailList ListOf(SourceServer source)
    {
        var rows = source.Accounts.Select(a => new Dictionary<ListColumn, string>
        {
            [ListColumn.Kind] = "account",
            [ListColumn.Address] = a.Addresses[0],
            [ListColumn.Addresses] = string.Join(", ", a.Addresses.Skip(1)),
            [ListColumn.Username] = a.Username ?? "",
            [ListColumn.Hash] = a.Hash ?? "",
            [ListColumn.Redirect] = string.Join(", ", a.Redirect ?? []),
            [ListColumn.KeepsCopy] = a.Redirect is null ? "" : a.KeepsCopy ? "yes" : "no",
        }).Concat(source.Aliases.Select(a => new Dictionary<ListColumn, string>
        {
            [ListColumn.Kind] = "alias",
            [ListColumn.Address] = a.Address,
            [ListColumn.Destinations] = string.Join(", ", a.Destinations),
        }));
        return new(null, null, [], [], [.. rows.Select((cells, n) => new ListRow(n + 1, cells))]);
    }

    /// <summary>Sets what the import cannot: services, catch-alls and other names. Called when the import is over.</summary>
    public async Task<IReadOnlyList<TakeoverFinding>> FinishAsync(
        SourceServer source, Actor actor, CancellationToken cancellationToken = default)
    {
        var findings = new List<TakeoverFinding>();
        foreach (var account in source.Accounts.Where(a => a.Services != MailProtocols.All && a.Username is not null))
            if (await FindAsync(account.Username!, cancellationToken) is { Services: MailProtocols.All } present)
                findings.AddRange(Refused(account.Username!, await states.ChangeServicesAsync(
                    present.Id, present.Version, account.Services, actor, cancellationToken)));
        foreach (var domain in source.Domains) findings.AddRange(await FinishAsync(domain, actor, cancellationToken));
        return findings;
    }

    private async Task<List<TakeoverFinding>> FinishAsync(SourceDomain source, Actor actor, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var domain = await context.Domains.Include(d => d.Aliases)
            .SingleOrDefaultAsync(d => d.Name == source.Request.Name && d.State != DomainState.Deleting, cancellationToken);
        if (domain is null) return [];
        var findings = new List<TakeoverFinding>();
        foreach (var name in source.Names.Where(n => domain.Aliases.TrueForAll(a => a.Name != n)))
            findings.AddRange(Refused(name.Value, await names.AddAsync(domain.Id, [name], actor, true, cancellationToken)));
        if (source.CatchAll is null || domain.CatchAllAccountId is not null) return findings;
        var result = await FindAsync(source.CatchAll, cancellationToken) is { } holder
            ? await catchAlls.SetAsync(holder.Id, null, actor, cancellationToken) : AccountProblems.NotFound;
        findings.AddRange(Refused("@" + domain.Name.Value, result));
        return findings;
    }

    private async Task<Account?> FindAsync(string username, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return Username.TryParse(username, out var name)
            ? await context.Accounts.SingleOrDefaultAsync(a => a.Username == name && a.State != AccountState.Deleted, cancellationToken)
            : null;
    }

    private static IEnumerable<TakeoverFinding> Refused(string subject, Result result) =>
        result.Problems.Select(p => new TakeoverFinding(TakeoverFault.Refused, subject, p.Code));
}
