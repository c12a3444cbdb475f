using System.Globalization;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Imports;

/// <summary>Writes the accounts and aliases of domains in the form that an import reads: importing it changes nothing.</summary>
public sealed class MailListExport(MailDatabase database)
{
    private static readonly ListColumn[] Columns =
    [
        ListColumn.Kind, ListColumn.Address, ListColumn.Addresses, ListColumn.Username, ListColumn.Name, ListColumn.Quota,
        ListColumn.Destinations, ListColumn.Redirect, ListColumn.KeepsCopy,
    ];

    /// <param name="stream">Gets CSV in UTF-8.</param>
    /// <param name="domains">The domains, one after the other.</param>
    /// <param name="withHashes">Adds the password hashes, for a move to another server; never for pages.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    public async Task WriteAsync(
        Stream stream, IReadOnlyCollection<MailDomain> domains, bool withHashes, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var snapshot = await ImportSnapshot.ReadAsync(context, [.. domains.Select(d => d.Id)], null, cancellationToken);
        ListColumn[] columns = withHashes ? [.. Columns, ListColumn.Hash] : Columns;
        var rows = domains.SelectMany(d => RowsOf(d, snapshot)).Select(cells => columns.Select(c => cells.GetValueOrDefault(c, "")));
        await MailListCsv.WriteAsync(stream, columns.Select(ListColumns.HeadingOf), rows, cancellationToken);
    }

    /// <summary>All domains that are not being deleted, by name.</summary>
    public async Task<IReadOnlyList<MailDomain>> DomainsAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.Domains.Where(d => d.State != DomainState.Deleting).OrderBy(d => d.SortName).ToListAsync(cancellationToken);
    }

    private static IEnumerable<Dictionary<ListColumn, string>> RowsOf(MailDomain domain, ImportSnapshot snapshot)
    {
        foreach (var account in snapshot.Accounts.Where(a => a.DomainId == domain.Id && a.Addresses.Count > 0)
            .OrderBy(a => a.Addresses[0].Value, StringComparer.Ordinal))
        {
            yield return new()
            {
                [ListColumn.Kind] = "account",
                [ListColumn.Address] = Whole(account.Addresses[0], domain),
                [ListColumn.Addresses] = string.Join(", ", account.Addresses.Skip(1).Select(p => Whole(p, domain))),
                [ListColumn.Username] = account.Username.Value,
                [ListColumn.Name] = account.PersonName ?? "",
                [ListColumn.Quota] = account.Quota?.KiB.ToString(CultureInfo.InvariantCulture) ?? CellValues.NoLimit,
                [ListColumn.Redirect] = string.Join(", ", account.Redirect ?? []),
                [ListColumn.KeepsCopy] = account.Redirect is null ? "" : CellValues.Of(account.KeepsCopy),
                [ListColumn.Hash] = account.PasswordHash,
            };
        }
        foreach (var alias in snapshot.Aliases.Where(a => a.DomainId == domain.Id).Select(a => a.Alias)
            .OrderBy(a => a.LocalPart.Value, StringComparer.Ordinal))
        {
            yield return new()
            {
                [ListColumn.Kind] = "alias",
                [ListColumn.Address] = Whole(alias.LocalPart, domain),
                [ListColumn.Destinations] = string.Join(", ", alias.Destinations),
            };
        }
    }

    private static string Whole(LocalPart part, MailDomain domain) => $"{part}@{domain.Name}";
}
