using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Accounts;

/// <summary>
/// Finds the accounts of a domain by any of their addresses, or by username. The text is taken literally, including <c>_</c> and <c>%</c>.
/// </summary>
internal static class AccountSearch
{
    public static IQueryable<Account> Match(MailContext context, IQueryable<Account> accounts, MailDomain domain, string text)
    {
        // Query the addresses of the domain once, rather than those of each account in turn.
        var addresses = context.Addresses.Where(x => x.DomainId == domain.Id && x.AccountId != null);
        var part = text.ToLowerInvariant();
        var at = part.LastIndexOf('@');
        if (at < 0)
        {
            var holding = addresses.Where(x => ((string)(object)x.LocalPart).Contains(part)).Select(x => x.AccountId!.Value);
            return accounts.Where(a => ((string)(object)a.Username).Contains(part) || holding.Contains(a.Id));
        }
        var (left, right) = (part[..at], part[(at + 1)..]);
        // All accounts have the same domain, so the part after the @ matches all of them or none.
        if (!NamesOf(domain).Any(n => n.StartsWith(right, StringComparison.Ordinal))) return accounts.Where(_ => false);
        var end = left + "@";
        var ending = addresses.Where(x => ((string)(object)x.LocalPart + "@").Contains(end)).Select(x => x.AccountId!.Value);
        return accounts.Where(a => ending.Contains(a.Id));
    }

    private static IEnumerable<string> NamesOf(MailDomain domain) =>
        domain.Aliases.Select(a => a.Name).Append(domain.Name).SelectMany(n => new[] { n.Value, n.Display });
}
