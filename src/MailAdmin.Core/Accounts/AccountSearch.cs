using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Accounts;

/// <summary>Finds the accounts of a domain by any of their addresses, or by username. The text is taken literally: <c>_</c> and <c>%</c> mean themselves.</summary>
internal static class AccountSearch
{
    public static IQueryable<Account> Match(IQueryable<Account> accounts, MailDomain domain, string text)
    {
        var part = text.ToLowerInvariant();
        var at = part.LastIndexOf('@');
        if (at < 0) return accounts.Where(a => ((string)(object)a.Username).Contains(part) || a.Addresses.Any(x => ((string)(object)x.LocalPart).Contains(part)));
        var (left, right) = (part[..at], part[(at + 1)..]);
        // All have the same domain, so what stands behind the @ either fits all of them or none.
        if (!NamesOf(domain).Any(n => n.StartsWith(right, StringComparison.Ordinal))) return accounts.Where(_ => false);
        var end = left + "@";
        return accounts.Where(a => a.Addresses.Any(x => ((string)(object)x.LocalPart + "@").Contains(end)));
    }

    private static IEnumerable<string> NamesOf(MailDomain domain) =>
        domain.Aliases.Select(a => a.Name).Append(domain.Name).SelectMany(n => new[] { n.Value, n.Display });
}
