using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>Checks of a domain's fields, on creation and on every edit.</summary>
internal static class DomainRules
{
    private const int RelatedNamed = 5;

    // The least number of characters that a username has to have room for before the @.
    private const int LeastRoom = 10;

    /// <summary>
    /// Refuses the mail host's own names, because the host would lose its own mail if they were hosted, and names that are hosted already.
    /// </summary>
    /// <param name="isForDomain">The domain that is to get it as another name; null if it is to be a domain of its own.</param>
    public static async Task<Problem?> CheckNameAsync(
        MailContext context, DomainName name, MailHostNames host, DomainName? isForDomain = null,
        CancellationToken cancellationToken = default)
    {
        var stores = await context.Stores.Select(s => s.Name).ToListAsync(cancellationToken);
        if (host.IsOwn(name) || stores.Append(host.Hostname).OfType<DomainName>().Any(own => own == name || name.IsSubdomainOf(own)))
            return DomainProblems.HostName(name.Display);
        var isDomain = await context.Domains.AnyAsync(d => d.Name == name, cancellationToken);
        if (isDomain && isForDomain is null) return DomainProblems.Exists(name.Display) with { Link = new(name.Value) };
        if (isDomain && name != isForDomain)
            return DomainProblems.IsDomain(name.Display, isForDomain!.Display) with { Link = new(name.Value) };
        var owner = isDomain ? name : await context.DomainAliases.Where(a => a.Name == name).Select(a => a.Domain!.Name)
            .SingleOrDefaultAsync(cancellationToken);
        return owner is null ? null : DomainProblems.IsNameOf(name.Display, owner.Display) with { Link = new(owner.Value) };
    }

    /// <summary>
    /// A domain above or below another customer's could take that customer's mail, or give them somebody else's. The superuser is warned
    /// and has to confirm.
    /// </summary>
    /// <param name="own">The domain whose own names are ignored, or null.</param>
    public static async Task<Problem?> CheckRelatedAsync(
        MailWrite write, DomainName name, long? own, bool accepted, CancellationToken cancellationToken = default)
    {
        // The panel's own work has nobody to warn.
        if (accepted || write.Actor.AdminId is null) return null;
        var (below, mine) = ("%." + name.Value, own ?? 0);
        var related = await write.Context.Database.SqlQuery<string>($"""
            SELECT "Name" AS "Value" FROM (SELECT "Name", "Id" AS "DomainId" FROM "Domains" UNION ALL SELECT "Name", "DomainId" FROM "DomainAliases") AS n
            WHERE "DomainId" <> {mine} AND ("Name" LIKE {below} OR {name.Value} LIKE '%.' || "Name") ORDER BY "Name"
            """).ToListAsync(cancellationToken);
        return related.Count == 0
            ? null : DomainProblems.Related(
                name.Display, string.Join(", ", related.Take(RelatedNamed).Select(n => DomainName.Parse(n).Display)));
    }

    public static IEnumerable<Problem> CheckLimits(int? maxAccounts, Quota? standard, Quota? max, Quota? total)
    {
        foreach (var (limit, field) in new[] { (standard, "DefaultQuota"), (max, "MaxQuota"), (total, "TotalQuota") })
        {
            if (limit is { KiB: 0 }) yield return QuotaProblems.Zero.At(field);
        }
        if (maxAccounts < 0) yield return DomainProblems.MaxAccountsNegative.At("MaxAccounts");
        if (max is { } most && (standard is null || standard > most))
            yield return DomainProblems.DefaultAboveMaximum(most).At("DefaultQuota");
        // A total can be enforced only if each account has a quota.
        if (total is not null && standard is null) yield return DomainProblems.TotalNeedsQuotas.At("DefaultQuota");
    }

    /// <summary>Usernames made from addresses need room before the domain's name.</summary>
    public static IEnumerable<Problem> CheckScheme(NamingScheme scheme, DomainName name)
    {
        var room = Username.MaxLength - name.Value.Length - 1;
        if (scheme == NamingScheme.LocalPartAndDomain && room < LeastRoom)
            yield return DomainProblems.NamingSchemeTooLong(name.Display, Math.Max(0, room)).At("NamingScheme");
    }

    /// <summary>Checks folder names as their owner sees them; a slash separates levels.</summary>
    public static IEnumerable<Problem> CheckFolders(IReadOnlyList<string> folders)
    {
        foreach (var name in folders)
            if (FolderNames.FaultOf(name) is { } fault) yield return fault.At("Folders");
    }
}

/// <summary>Reasons why a domain cannot be created or changed as requested.</summary>
public static class DomainProblems
{
    public static Problem MaxAccountsNegative { get; } = new("DomainMaxAccountsNegative");
    public static Problem TotalNeedsQuotas { get; } = new("DomainTotalNeedsQuotas");
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");
    public static Problem NotFound { get; } = new("DomainNotFound");
    public static Problem ContentsChanged { get; } = new("DomainContentsChanged");

    public static Problem ConfirmationDiffers(string name) => new("DomainConfirmationDiffers", "TypedName", name);

    /// <summary>A domain of this name exists already.</summary>
    public static Problem Exists(string name) => new("DomainExists", "Name", name);

    /// <summary>A domain of its own cannot also be another name of a domain.</summary>
    public static Problem IsDomain(string name, string wanted) => new("DomainIsDomain", "Name", name, wanted);

    /// <summary>Only another name of a domain can become its main name.</summary>
    public static Problem NotItsName(string name, string domain) => new("DomainNotItsName", null, name, domain);

    /// <summary>The addresses still get the name, lose it, or follow a new main name.</summary>
    public static Problem NameUnderWay(string name) => new("DomainNameUnderWay", null, name);

    public static Problem IsNameOf(string name, string owner) => new("DomainIsNameOf", "Name", name, owner);

    public static Problem Related(string name, string others) => new("DomainRelated", "AcceptsRelated", name, others);

    /// <summary>Aliases or redirects with external destinations would lead back to themselves.</summary>
    /// <param name="path">The path, as in <see cref="AliasProblems.Loop"/>.</param>
    public static Problem Circle(string path) => new("DomainNameCircle", "AcceptsRelated", path);

    public static Problem NamingSchemeTooLong(string name, int room) =>
        new("DomainNamingSchemeTooLong", null, name, Username.MaxLength, room);

    public static Problem HostName(string name) => new("DomainIsHostName", "Name", name);

    public static Problem DefaultAboveMaximum(Quota max) => new("DomainDefaultAboveMaximum", null, max);

    public static Problem FolderInvisible { get; } = new("FolderInvisible");

    public static Problem FolderMalformed(string name, int maxLength) => new("FolderMalformed", null, name, maxLength);

    public static Problem FolderCharacter(string name, string character) => new("FolderCharacter", null, name, character);

    public static Problem FolderReserved(string name) => new("FolderReserved", null, name);

    public static Problem AccountsFull(int count, int max) => new("DomainAccountsFull", null, count, max);

    public static Problem Relayed(string name) => new("DomainRelayed", null, name);
}
