using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Imports;

/// <summary>Understands the cells of a row by the same parsers as the forms, and collects everything that is wrong with them.</summary>
/// <param name="domains">The domains that the actor may change, by name.</param>
/// <param name="only">The domain of the page; null if the list may have several, whose addresses are then whole.</param>
internal sealed class ImportedRowReader(IReadOnlyDictionary<DomainName, MailDomain> domains, MailDomain? only)
{
    private static readonly ListColumn[] OfAccounts =
    [
        ListColumn.Username, ListColumn.Name, ListColumn.FirstName, ListColumn.LastName, ListColumn.Quota, ListColumn.Password,
        ListColumn.Hash, ListColumn.Redirect, ListColumn.KeepsCopy, ListColumn.Addresses,
    ];

    public ImportedRow Read(ListRow source)
    {
        var row = new ImportedRow(source);
        ReadAddress(row);
        ReadKind(row);
        if (row.Kind == ImportKind.Alias) ReadAlias(row);
        else ReadAccount(row);
        return row;
    }

    private void ReadAddress(ImportedRow row)
    {
        var text = TypedAddress.Clean(row.Source[ListColumn.Address]);
        row.Domain = only;
        if (only is null)
        {
            var at = text.LastIndexOf('@');
            if (at < 0)
            {
                row.Problems.Add((text.Length == 0 ? AddressProblems.Missing : ImportProblems.DomainMissing).At("Address"));
                return;
            }
            if (!DomainName.TryParse(text[(at + 1)..], out var name) || !domains.TryGetValue(name, out var domain))
            {
                row.Problems.Add(ImportProblems.DomainUnknown(text[(at + 1)..]).At("Address"));
                return;
            }
            row.Domain = domain;
        }
        row.LocalPart = Part(row, text, "Address");
    }

    private static LocalPart? Part(ImportedRow row, string text, string field)
    {
        if (LocalAddressParser.TryParse(text, row.Domain!.Name, out var part, out var problem)) return part;
        row.Problems.Add(problem.At(field));
        return null;
    }

    private static void ReadKind(ImportedRow row)
    {
        var text = row.Source[ListColumn.Kind].Trim();
        if (CellValues.IsAlias(text) || CellValues.IsRedirect(text)) row.Kind = ImportKind.Alias;
        else if (text.Length == 0 && Has(row, ListColumn.Destinations) && !OfAccounts.Any(c => Has(row, c))) row.Kind = ImportKind.Alias;
        else if (text.Length > 0 && !CellValues.IsAccount(text)) row.Problems.Add(ImportProblems.KindUnknown(text));
    }

    private static void ReadAlias(ImportedRow row)
    {
        foreach (var column in OfAccounts.Where(c => Has(row, c)))
            row.Problems.Add(ImportProblems.NotOfAliases(ListColumns.HeadingOf(column)));
        row.Destinations = Destinations(row, ListColumn.Destinations);
        if (row.Destinations is null) row.Problems.Add(ImportProblems.DestinationsMissing);
    }

    private static void ReadAccount(ImportedRow row)
    {
        if (Has(row, ListColumn.Destinations))
            row.Problems.Add(ImportProblems.NotOfAccounts(ListColumns.HeadingOf(ListColumn.Destinations)));
        if (row.Domain is not null) ReadFurther(row);
        ReadUsername(row);
        ReadName(row);
        ReadQuota(row);
        ReadPassword(row);
        row.Destinations = Destinations(row, ListColumn.Redirect);
        if (!Has(row, ListColumn.KeepsCopy)) return;
        row.KeepsCopy = CellValues.YesOrNo(row.Source[ListColumn.KeepsCopy]);
        if (row.KeepsCopy is null) row.Problems.Add(ImportProblems.CopyUnknown(row.Source[ListColumn.KeepsCopy].Trim()));
    }

    private static void ReadFurther(ImportedRow row)
    {
        foreach (var text in DestinationList.Split(row.Source[ListColumn.Addresses]))
            if (Part(row, text, "Address") is { } part && part != row.LocalPart && !row.Further.Contains(part)) row.Further.Add(part);
    }

    private static void ReadUsername(ImportedRow row)
    {
        if (!Has(row, ListColumn.Username)) return;
        if (Username.TryParse(row.Source[ListColumn.Username], out var name, out var problem)) row.Username = name;
        else row.Problems.Add(problem.At("Username"));
    }

    private static void ReadName(ImportedRow row)
    {
        var text = Has(row, ListColumn.Name)
            ? row.Source[ListColumn.Name] : $"{row.Source[ListColumn.FirstName]} {row.Source[ListColumn.LastName]}";
        row.PersonName = PersonName.Clean(text);
        if (PersonName.Check(row.PersonName) is { } problem) row.Problems.Add(problem);
    }

    private static void ReadQuota(ImportedRow row)
    {
        if (!Has(row, ListColumn.Quota)) return;
        var text = row.Source[ListColumn.Quota];
        if (CellValues.IsUnlimited(text)) row.Quota = new(null);
        else if (Quota.TryParse(text, out var quota, out var problem)) row.Quota = new(quota);
        else row.Problems.Add(problem.At("Quota"));
    }

    // Other programs write a hash into the column of the password, with its scheme before it, and Dovecot writes {PLAIN} before a password.
    private static void ReadPassword(ImportedRow row)
    {
        var text = row.Source[ListColumn.Password];
        foreach (var plain in (string[])["{PLAIN}", "{CLEAR}", "{CLEARTEXT}"])
            if (text.StartsWith(plain, StringComparison.OrdinalIgnoreCase)) text = text[plain.Length..];
        if (text.Trim() is ['{' or '$', ..] named && PasswordHash.TryParse(named, out var hash)) row.Hash = hash.Value;
        else if (text.Length > 0) row.Password = text;
        else if (Has(row, ListColumn.Hash))
        {
            if (PasswordHash.TryParse(row.Source[ListColumn.Hash].Trim(), out hash)) row.Hash = hash.Value;
            else row.Problems.Add(ImportProblems.HashUnknown);
        }
    }

    private static List<string>? Destinations(ImportedRow row, ListColumn column)
    {
        var texts = DestinationList.Split(row.Source[column]).Select(t => Normal(t, row.Domain)).Distinct(StringComparer.OrdinalIgnoreCase);
        return Has(row, column) ? [.. texts] : null;
    }

    // As an export writes it, so that both can be compared: addresses in A-labels; a username or a local part as it is.
    private static string Normal(string text, MailDomain? domain) =>
        AddrSpec.TryParse(text, out var address) ? address.Domain == domain?.Name ? address.Value.ToLowerInvariant() : address.Value : text;

    private static bool Has(ImportedRow row, ListColumn column) => !string.IsNullOrWhiteSpace(row.Source[column]);
}
