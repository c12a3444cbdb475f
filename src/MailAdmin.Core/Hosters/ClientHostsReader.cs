using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Hosters;

/// <summary>What mail programs of a domain are told, from the hoster's settings as they are now.</summary>
public sealed class ClientHostsReader(HosterRepository hosters, MailHostNames host)
{
    /// <summary>The settings of the hoster, or none, and the names that follow.</summary>
    public (Hoster Hoster, ClientHosts Hosts) Of(MailDomain domain) =>
        (hosters.Current, ClientHosts.Of(hosters.Current, domain.Name, host.Hostname));
}
