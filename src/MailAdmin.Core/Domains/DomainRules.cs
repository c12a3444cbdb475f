using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>What a domain's fields have to be, on creation and on every edit alike.</summary>
internal static class DomainRules
{
    private const int RelatedNamed = 5;

    // Characters before the @ that a username has to have room for.
    private const int LeastRoom = 10;

    /// <summary>
    /// Names that are the mail host's own: were they hosted, the host would lose its own mail. And names that are here already.
    /// </summary>
    /// <param name="isForDomain">The domain that is to get it as another name; null where it is to be a domain.</param>
    public static async Task<Problem?> CheckNameAsync(
        MailContext context, DomainName name, MailHostNames host, DomainName? isForDomain = null)
    {
        var stores = await context.Stores.Select(s => s.Name).ToListAsync();
        if (host.IsOwn(name) || stores.Append(host.Hostname).OfType<DomainName>().Any(own => own == name || name.IsSubdomainOf(own)))
            return DomainProblems.HostName(name.Display);
        var isDomain = await context.Domains.AnyAsync(d => d.Name == name);
        if (isDomain && isForDomain is null) return DomainProblems.Exists(name.Display) with { Link = new(name.Value) };
        if (isDomain && name != isForDomain)
            return DomainProblems.IsDomain(name.Display, isForDomain!.Display) with { Link = new(name.Value) };
        var owner = isDomain ? name : await context.DomainAliases.Where(a => a.Name == name).Select(a => a.Domain!.Name)
            .SingleOrDefaultAsync();
        return owner is null ? null : DomainProblems.IsNameOf(name.Display, owner.Display) with { Link = new(owner.Value) };
    }

    /// <summary>
    /// A name above or below another customer's would take their mail, or give them somebody else's: the superuser is told, and has to say
    /// that they want it.
    /// </summary>
    /// <param name="own">The domain whose own names don't count, or null.</param>
    public static async Task<Problem?> CheckRelatedAsync(MailWrite write, DomainName name, long? own, bool accepted)
    {
        // The panel's own work has nobody to tell.
        if (accepted || write.Actor.AdminId is null) return null;
        var (below, mine) = ("%." + name.Value, own ?? 0);
        var related = await write.Context.Database.SqlQuery<string>($"""
            SELECT "Name" AS "Value" FROM (SELECT "Name", "Id" AS "DomainId" FROM "Domains" UNION ALL SELECT "Name", "DomainId" FROM "DomainAliases") AS n
            WHERE "DomainId" <> {mine} AND ("Name" LIKE {below} OR {name.Value} LIKE '%.' || "Name") ORDER BY "Name"
            """).ToListAsync();
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
        // A sum can be kept only when each account has a limit.
        if (total is not null && standard is null) yield return DomainProblems.TotalNeedsQuotas.At("DefaultQuota");
    }

    /// <summary>Usernames made of addresses need room before the domain's name.</summary>
    public static IEnumerable<Problem> CheckScheme(NamingScheme scheme, DomainName name)
    {
        var room = Username.MaxLength - name.Value.Length - 1;
        if (scheme == NamingScheme.LocalPartAndDomain && room < LeastRoom)
            yield return DomainProblems.NamingSchemeTooLong(name.Display, Math.Max(0, room)).At("NamingScheme");
    }

    /// <summary>Folder names as their owner sees them; a slash makes a folder below another.</summary>
    public static IEnumerable<Problem> CheckFolders(IReadOnlyList<string> folders)
    {
        foreach (var name in folders)
            if (FolderNames.FaultOf(name) is { } fault) yield return fault.At("Folders");
    }
}

/// <summary>Why a domain can't be as asked.</summary>
public static class DomainProblems
{
    public static Problem MaxAccountsNegative { get; } = new("DomainMaxAccountsNegative");
    public static Problem TotalNeedsQuotas { get; } = new("DomainTotalNeedsQuotas");
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");
    public static Problem NotFound { get; } = new("DomainNotFound");
    public static Problem ContentsChanged { get; } = new("DomainContentsChanged");

    public static Problem ConfirmationDiffers(string name) => new("DomainConfirmationDiffers", "TypedName", name);

    /// <summary>There is such a domain already.</summary>
    public static Problem Exists(string name) => new("DomainExists", "Name", name);

    /// <summary>What is a domain of its own can't be another name of a domain as well.</summary>
    public static Problem IsDomain(string name, string wanted) => new("DomainIsDomain", "Name", name, wanted);

    public static Problem IsNameOf(string name, string owner) => new("DomainIsNameOf", "Name", name, owner);

    public static Problem Related(string name, string others) => new("DomainRelated", "AcceptsRelated", name, others);

    /// <summary>Aliases or redirects that led outside would lead back to themselves.</summary>
    /// <param name="path">As of <see cref="AliasProblems.Loop"/>.</param>
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
