using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Search;

namespace MailAdmin.Core.Aliases;

/// <summary>
/// Finds the aliases of a domain by address or by destination. The text is taken literally, including <c>_</c> and <c>%</c>.
/// </summary>
internal static class AliasSearch
{
    public static IQueryable<MailAddress> Match(MailContext context, IQueryable<MailAddress> aliases, MailDomain domain, string text)
    {
        var part = text.ToLowerInvariant();
        var at = part.LastIndexOf('@');
        var dependents = context.SearchEntries
            .Where(e => e.DomainId == domain.Id && e.Kind == SearchKind.Destination && e.Text.Contains(part))
            .Select(e => e.SubjectId);
        if (at < 0) return aliases.Where(a => ((string)(object)a.LocalPart).Contains(part) || dependents.Contains(a.Id));
        // All aliases have the same domain, so the part after the @ matches all of them or none.
        if (!NamesOf(domain).Any(n => n.StartsWith(part[(at + 1)..], StringComparison.Ordinal)))
            return aliases.Where(a => dependents.Contains(a.Id));
        var left = part[..at];
        return aliases.Where(a => ((string)(object)a.LocalPart).EndsWith(left) || dependents.Contains(a.Id));
    }

    private static IEnumerable<string> NamesOf(MailDomain domain) =>
        domain.Aliases.Select(a => a.Name).Append(domain.Name).SelectMany(n => new[] { n.Value, n.Display });
}
