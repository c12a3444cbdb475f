using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Redirects;

/// <summary>A redirect as the page shows it (manual, 3.6).</summary>
public sealed record RedirectRow(long Version, bool KeepsCopy, IReadOnlyList<RedirectTarget> Destinations);

/// <summary>A destination as people read it.</summary>
/// <param name="Takes">False when mail is not taken there at present.</param>
public sealed record RedirectTarget(Username? Username, LocalPart? LocalPart, DomainName? Domain, AddrSpec? External, bool Takes)
{
    public string Display => Username?.Value ?? External?.Display ?? $"{LocalPart}@{Domain!.Display}";
}

/// <summary>Reads redirects.</summary>
public sealed class RedirectRepository(MailDatabase database)
{
    /// <summary>Null where there is none. One that has lost its last destination is shown without any: its version is needed to replace it.</summary>
    public async Task<RedirectRow?> FindAsync(long accountId)
    {
        await using var context = database.Open();
        return await context.Redirects.Where(r => r.AccountId == accountId).Select(r => new RedirectRow(
            r.Version, r.KeepsCopy,
            r.Destinations.OrderBy(d => d.Id).Select(d => new RedirectTarget(
                d.Account!.Username, d.LocalAddress!.LocalPart, d.LocalAddress.Domain!.Name, d.External,
                (d.External != null && !context.Domains.Any(x => x.Routing == DomainRouting.Local && (x.Name == d.ExternalDomain || x.Aliases.Any(n => n.Name == d.ExternalDomain))))
                    || (d.Account != null && d.Account.State == AccountState.Active)
                    || (d.LocalAddress != null && (d.LocalAddress.AccountId == null || d.LocalAddress.Account!.State == AccountState.Active)))).ToList()))
            .SingleOrDefaultAsync();
    }
}
