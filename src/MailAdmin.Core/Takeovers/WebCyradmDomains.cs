using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Takeovers;

/// <summary>web-cyradm's domains with their prefixes, limits and naming modes.</summary>
internal static class WebCyradmDomains
{
    public static List<SourceDomain> Read(
        IReadOnlyList<SourceRow> rows, IReadOnlyCollection<WebCyradmAccount> accounts, WebCyradmVirtuals virtuals,
        List<TakeoverFinding> findings)
    {
        var domains = new List<SourceDomain>();
        var prefixes = new HashSet<string>(StringComparer.Ordinal);
        // A prefix that is possible keeps its domain; the others are made afterwards.
        foreach (var row in rows.OrderBy(r => Prefix.TryParse(r["prefix"], out _, out _) ? 0 : 1))
        {
            var text = row["domain_name"].ToLowerInvariant();
            var users = accounts.Where(a => a.Domain == text).ToList();
            if (virtuals.TargetOf(text) is not null)
            {
                if (users.Count == 0 && !virtuals.HasAliases(text)) continue;
                findings.Add(new(TakeoverFault.NameInUse, text, virtuals.TargetOf(text)));
            }
            if (!DomainName.TryParse(text, out var name) || !ReadHop(row["transport"], out var hop))
                findings.Add(new(TakeoverFault.DomainRefused, text, row["transport"]));
            else domains.Add(new(
                Request(row, name, PrefixOf(row["prefix"], name, prefixes), users, hop, findings), virtuals.NamesOf(text),
                virtuals.CatchAllOf(text)));
        }
        return domains;
    }

    private static NewDomain Request(
        SourceRow row, DomainName name, Prefix prefix, List<WebCyradmAccount> users, NextHop? hop, List<TakeoverFinding> findings)
    {
        var quota = row.Number("quota") is > 0 and var kib ? new Quota(kib) : (Quota?)null;
        var total = row.Number("domainquota") is > 0 and var all ? new Quota(all) : (Quota?)null;
        var most = (int?)row.Number("maxaccounts");
        // web-cyradm looks at the limits only when an account is made.
        if (most < users.Count || (total is not null && (quota is null || quota.Value.KiB * users.Count > total.Value.KiB)))
        {
            findings.Add(new(TakeoverFault.LimitRaised, name.Value));
            (most, total) = (most < users.Count ? users.Count : most, null);
        }
        return new(name, prefix)
        {
            MaxAccounts = most,
            DefaultQuota = quota,
            TotalQuota = total,
            NamingScheme = SchemeOf(row, name, users),
            NextHop = hop,
            AcceptsRelated = true,
        };
    }

    // With DOMAIN_AS_PREFIX the domain's name is the prefix, and usernames are made of the address.
    private static NamingScheme SchemeOf(SourceRow row, DomainName name, List<WebCyradmAccount> users)
    {
        var isMade = row["prefix"].Equals(row["domain_name"], StringComparison.OrdinalIgnoreCase)
            || (users.Count > 0 && users.TrueForAll(u => u.Username.EndsWith("." + name.Value, StringComparison.Ordinal)));
        if (isMade && !DomainRules.CheckScheme(NamingScheme.LocalPartAndDomain, name).Any()) return NamingScheme.LocalPartAndDomain;
        return isMade || row["freenames"].Equals("YES", StringComparison.OrdinalIgnoreCase) ? NamingScheme.Free : NamingScheme.Numbered;
    }

    // web-cyradm delivers by the transport "cyrus", or by a socket of this host.
    private static bool ReadHop(string text, out NextHop? hop)
    {
        hop = null;
        var isLocal = text.Length == 0 || text.Equals("cyrus", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("lmtp:unix:", StringComparison.Ordinal);
        return isLocal || NextHop.TryParse(text, out hop, out _);
    }

    private static Prefix PrefixOf(string text, DomainName name, HashSet<string> taken)
    {
        if (Prefix.TryParse(text, out var own, out _) && taken.Add(own.Value)) return own;
        var plain = string.Concat(name.Value.Split('.')[0].Where(char.IsAsciiLetterOrDigit)).TrimStart("0123456789".ToCharArray());
        var stem = plain.Length == 0 ? "domain" : plain[..Math.Min(plain.Length, Prefix.MaxLength - 4)];
        var made = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? stem : $"{stem}-{n}x").First(taken.Add);
        return Prefix.Parse(made);
    }
}
