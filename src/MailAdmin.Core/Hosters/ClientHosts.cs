using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Hosters;

/// <summary>The server names for mail programs (manual, 3.2); null for a service that the hoster does not offer.</summary>
public sealed record ClientHosts(string? Imap, string? Pop3, string? Smtp)
{
    /// <summary>
    /// A service whose name is empty is not offered. If all three are empty, nothing was set yet, and the mail host offers all of them.
    /// </summary>
    /// <param name="hoster">Decides between the customer's own names and the hoster's.</param>
    /// <param name="domain">Its own names are imap.exemple.be, pop.exemple.be and smtp.exemple.be.</param>
    /// <param name="mailHost">The mail host's own name, used if the hoster set no other; null if it is unknown.</param>
    public static ClientHosts Of(Hoster hoster, DomainName domain, DomainName? mailHost)
    {
        var nothingSet = hoster is { ImapHost: null, Pop3Host: null, SmtpHost: null };
        return new(Name(hoster.ImapHost, "imap"), Name(hoster.Pop3Host, "pop"), Name(hoster.SmtpHost, "smtp"));

        string? Name(string? generic, string label)
        {
            if (generic is null && !nothingSet) return null;
            var own = $"{label}.{domain.Value}";
            return hoster.ServerNaming == ServerNaming.PerDomain ? own : generic ?? mailHost?.Value ?? own;
        }
    }
}
