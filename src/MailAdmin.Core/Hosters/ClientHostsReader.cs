using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Hosters;

/// <summary>Reads what mail programs of a domain are told.</summary>
public sealed class ClientHostsReader(MailDatabase database, MailHostNames host)
{
    /// <summary>The hoster as he was set, or with nothing set, and the names that follow.</summary>
    public async Task<(Hoster Hoster, ClientHosts Hosts)> ReadAsync(MailDomain domain)
    {
        await using var context = database.Open();
        var hoster = await context.Hosters.SingleOrDefaultAsync() ?? new Hoster();
        return (hoster, ClientHosts.Of(hoster, domain.Name, host.Hostname));
    }
}
