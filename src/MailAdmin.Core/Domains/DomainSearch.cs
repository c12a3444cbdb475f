using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>Finds domains that contain a text in their name, another name, or prefix.</summary>
internal static class DomainSearch
{
    private const string ALabel = "xn--";

    public static async Task<IQueryable<MailDomain>> MatchAsync(MailContext context, IQueryable<MailDomain> domains, string text)
    {
        var part = text.ToLowerInvariant();
        var asPeopleWrite = await InternationalAsync(context, part);
        return domains.Where(d =>
            ((string)(object)d.Name).Contains(part) || ((string)(object)d.Prefix).Contains(part)
            || d.Aliases.Any(a => ((string)(object)a.Name).Contains(part)) || asPeopleWrite.Contains(d.Id));
    }

    // The database has A-labels, and a part of a name with accents cannot be found in them.
    private static async Task<List<long>> InternationalAsync(MailContext context, string part)
    {
        var names = await context.Domains.Where(d => ((string)(object)d.Name).Contains(ALabel)).Select(d => new { d.Id, d.Name })
            .Concat(context.DomainAliases.Where(a => ((string)(object)a.Name).Contains(ALabel))
                .Select(a => new { Id = a.DomainId, a.Name })).ToListAsync();
        return [.. names.Where(n => n.Name.Display.Contains(part, StringComparison.Ordinal)).Select(n => n.Id)];
    }
}
