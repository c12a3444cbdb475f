using System.Net;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>What a domain's fields have to be, on creation and on every edit alike.</summary>
internal static class DomainRules
{
    private const int RelatedNamed = 5;

    /// <summary>Names that are the mail host's own: were they hosted, the host would lose its own mail.</summary>
    public static async Task<Problem?> CheckNameAsync(MailContext context, DomainName name, MailHostNames host)
    {
        var stores = await context.Stores.Select(s => s.Name).ToListAsync();
        if (stores.Append(host.Hostname).OfType<DomainName>().Any(own => own == name || name.IsSubdomainOf(own))) return DomainProblems.HostName(name.Display);
        var taken = await context.Domains.AnyAsync(d => d.Name == name) || await context.DomainAliases.AnyAsync(a => a.Name == name);
        return taken ? DomainProblems.NameTaken(name.Display) : null;
    }

    /// <summary>
    /// A name above or below another customer's would take his mail, or give him somebody else's: the superuser is told, and has to say that he
    /// wants it.
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
        return related.Count == 0 ? null : DomainProblems.Related(name.Display, string.Join(", ", related.Take(RelatedNamed).Select(n => DomainName.Parse(n).Display)));
    }

    public static IEnumerable<Problem> CheckLimits(int? maxAccounts, Quota? standard, Quota? max, Quota? total)
    {
        foreach (var (limit, field) in new[] { (standard, "DefaultQuota"), (max, "MaxQuota"), (total, "TotalQuota") })
        {
            if (limit is { KiB: 0 }) yield return QuotaProblems.Zero.At(field);
        }
        if (maxAccounts < 0) yield return DomainProblems.MaxAccountsNegative.At("MaxAccounts");
        if (max is { } most && (standard is null || standard > most)) yield return DomainProblems.DefaultAboveMaximum(most).At("DefaultQuota");
        // A sum can be kept only when each account has a limit.
        if (total is not null && standard is null) yield return DomainProblems.TotalNeedsQuotas.At("DefaultQuota");
    }

    /// <summary>Folder names as their owner sees them; a slash makes a folder below another.</summary>
    public static IEnumerable<Problem> CheckFolders(IReadOnlyList<string> folders)
    {
        foreach (var name in folders)
        {
            var parts = name.Split('/');
            if (name.Length > 100 || parts.Any(p => p.Length == 0 || p.Trim() != p) || name.Any(c => char.IsControl(c) || c is '*' or '%' or '\\' or '"'))
                yield return DomainProblems.FolderMalformed(name).At("Folders");
        }
    }
}

/// <summary>Names of this installation that nobody may host, and its addresses.</summary>
public sealed record MailHostNames(DomainName? Hostname)
{
    public IReadOnlySet<IPAddress> Addresses { get; init; } = new HashSet<IPAddress>();

    public bool IsOwn(IPAddress address) => IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || Addresses.Contains(address);
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

    public static Problem NameTaken(string name) => new("DomainNameTaken", "Name", name);

    public static Problem Related(string name, string others) => new("DomainRelated", "AcceptsRelated", name, others);

    public static Problem HostName(string name) => new("DomainIsHostName", "Name", name);

    public static Problem DefaultAboveMaximum(Quota max) => new("DomainDefaultAboveMaximum", null, max);

    public static Problem FolderMalformed(string name) => new("FolderMalformed", null, name);

    public static Problem AccountsFull(int count, int max) => new("DomainAccountsFull", null, count, max);

    public static Problem Relayed(string name) => new("DomainRelayed", null, name);
}
