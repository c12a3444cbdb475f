using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;

namespace MailAdmin.Core.Imports;

/// <summary>
/// Compares a row with what exists. An empty cell changes nothing, a filled one says what the thing shall be; an account's addresses are
/// only added, because a list that is incomplete must not take mail away from anybody.
/// </summary>
internal sealed class ImportDifferences(ImportSnapshot snapshot, Actor actor, bool replacesPasswords)
{
    public void Find(ImportedRow row)
    {
        if (row.LocalPart is null || row.Domain is null)
        {
            row.Action = ImportAction.Wrong;
            return;
        }
        (row.Account, row.Alias) = (snapshot.Account(row.Domain.Id, row.LocalPart), snapshot.Alias(row.Domain.Id, row.LocalPart));
        MeetWhatExists(row);
        if (row.Kind == ImportKind.Alias) CompareAlias(row);
        else CompareAccount(row);
        if (row.Problems.Count > 0) row.Action = ImportAction.Wrong;
        else if (row.Account is null && row.Alias is null) row.Action = ImportAction.Create;
        else row.Action = row.Changes.Count > 0 ? ImportAction.Change : ImportAction.Unchanged;
    }

    // A redirect is an alias, or belongs to the account that has its address. A username finds an account that lacks the address yet.
    private void MeetWhatExists(ImportedRow row)
    {
        if (row.Kind == ImportKind.Alias && row.Account is not null && CellValues.IsRedirect(row.Source[ListColumn.Kind]))
            row.Kind = ImportKind.Account;
        if (row is not { Kind: ImportKind.Account, Username: { } name }) return;
        var named = snapshot.Account(name);
        if (named?.DomainId != row.Domain!.Id) named = null;
        if (named == row.Account && row.Alias is null) return;
        if (row.Account is null && row.Alias is null) row.Account = named;
        else row.Problems.Add(ImportProblems.UsernameOfOther(name.Value, $"{row.LocalPart}@{row.Domain.Name.Display}").At("Username"));
    }

    private static void CompareAlias(ImportedRow row)
    {
        // The service tells whose the address is.
        if (row.Destinations is not { } wanted || row.Account is not null)
        {
            row.Account = null;
            return;
        }
        var present = row.Alias?.Destinations;
        row.Destinations = wanted = Whole(wanted, present, row.Domain!);
        if (!Same(wanted, present)) row.Changes.Add(new(ListColumn.Destinations, Text(present), Text(wanted)));
    }

    private void CompareAccount(ImportedRow row)
    {
        var present = row.Account;
        // The address is an alias's: the service says so.
        if (present is null) row.Alias = null;
        var added = present is null ? row.Further : row.Addresses.Where(p => !present.Addresses.Contains(p));
        foreach (var part in added) row.Changes.Add(new(ListColumn.Addresses, null, $"{part}@{row.Domain!.Name}"));
        CompareUsername(row);
        if (row.PersonName is { } name && name != present?.PersonName) row.Changes.Add(new(ListColumn.Name, present?.PersonName, name));
        if (present is null) row.Changes.Add(new(ListColumn.Quota, null, Text(row.Quota is { } q ? q.Value : row.Domain!.DefaultQuota)));
        else if (row.Quota is { } quota && quota.Value != present.Quota)
            row.Changes.Add(new(ListColumn.Quota, Text(present.Quota), Text(quota.Value)));
        ComparePassword(row);
        CompareRedirect(row);
    }

    private void CompareUsername(ImportedRow row)
    {
        if (row.Account is not null || row.Username is not { } name) return;
        var domain = row.Domain!;
        if (domain.NamingScheme == NamingScheme.LocalPartAndDomain && name.Value == AccountRules.NameOf(row.LocalPart!, domain))
            row.Username = null;
        else if (domain.NamingScheme != NamingScheme.Free && !actor.IsSuperuser)
            row.Problems.Add(ImportProblems.UsernameNumbered.At("Username"));
        else row.Changes.Add(new(ListColumn.Username, null, name.Value));
    }

    private void ComparePassword(ImportedRow row)
    {
        if (row.Account is null)
        {
            if (row.Hash is not null) row.Changes.Add(new(ListColumn.Hash, null, null));
            else if (row.Password is not null) row.Changes.Add(new(ListColumn.Password, null, null));
        }
        else if (!replacesPasswords || row.Hash == row.Account.PasswordHash) (row.Password, row.Hash) = (null, null);
        else if (row.Hash is not null) row.Changes.Add(new(ListColumn.Hash, null, null));
        else if (row.Password is not null) row.Changes.Add(new(ListColumn.Password, null, null));
        if (row.Password is { } password)
            row.Problems.AddRange(
                PasswordRules.Check(password, password, [row.LocalPart!.Value, .. row.LocalPart.Value.Split('.', '-', '_')]));
    }

    private static void CompareRedirect(ImportedRow row)
    {
        var present = row.Account?.Redirect;
        if (row.Destinations is not { } wanted)
        {
            if (row.KeepsCopy is not { } keeps || (present is null && keeps)) return;
            if (present is null) row.Problems.Add(ImportProblems.CopyWithoutRedirect);
            else if (keeps != row.Account!.KeepsCopy)
            {
                row.Destinations = [.. present];
                row.Changes.Add(new(ListColumn.KeepsCopy, CellValues.Of(!keeps), CellValues.Of(keeps)));
            }
            return;
        }
        wanted = Whole(wanted, present, row.Domain!);
        // The account's own address among its destinations means that a copy is kept.
        string[] own = [row.Account?.Username.Value ?? "", .. row.Addresses.Concat(row.Account?.Addresses ?? [])
            .SelectMany(p => (string[])[p.Value, $"{p}@{row.Domain!.Name}"])];
        var others = wanted.Where(w => !own.Contains(w, StringComparer.OrdinalIgnoreCase)).ToList();
        if (others.Count < wanted.Count) row.KeepsCopy = true;
        row.Destinations = others.Count > 0 ? others : wanted;
        row.KeepsCopy ??= row.Account is { Redirect: not null } a ? a.KeepsCopy : true;
        if (!Same(row.Destinations, present)) row.Changes.Add(new(ListColumn.Redirect, Text(present), Text(row.Destinations)));
        var keepsCopy = row.KeepsCopy.Value;
        if (present is null || keepsCopy != row.Account!.KeepsCopy)
            row.Changes.Add(new(ListColumn.KeepsCopy, present is null ? null : CellValues.Of(!keepsCopy), CellValues.Of(keepsCopy)));
    }

    // A destination may be written without the domain.
    private static List<string> Whole(List<string> wanted, IReadOnlyList<string>? present, MailDomain domain) =>
        [.. wanted.Select(text => !text.Contains('@', StringComparison.Ordinal) && present?.Contains(
            $"{text}@{domain.Name}", StringComparer.OrdinalIgnoreCase) == true ? $"{text}@{domain.Name}" : text).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool Same(List<string> wanted, IReadOnlyList<string>? present) =>
        present is not null && present.Count == wanted.Count
        && wanted.TrueForAll(w => present.Contains(w, StringComparer.OrdinalIgnoreCase));

    private static string? Text(IReadOnlyList<string>? destinations) =>
        destinations is { Count: > 0 } ? string.Join(", ", destinations) : null;

    private static string Text(Quota? quota) => quota?.KiB.ToString(CultureInfo.InvariantCulture) ?? CellValues.NoLimit;
}
