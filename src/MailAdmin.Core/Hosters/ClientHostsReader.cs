using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Hosters;

/// <summary>Server names for the mail programs of a domain, from the hoster's current settings.</summary>
public sealed class ClientHostsReader(HosterRepository hosters, MailHostNames host)
{
    /// <summary>The hoster's settings (empty if none are set), and the resulting names.</summary>
    public (Hoster Hoster, ClientHosts Hosts) Of(MailDomain domain) =>
        (hosters.Current, ClientHosts.Of(hosters.Current, domain.Name, host.Hostname));
}
