using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Hosters;

/// <summary>The names that a mail program connects to (manual, 3.2).</summary>
public sealed record ClientHosts(string Imap, string Pop3, string Smtp)
{
    /// <param name="hoster">Says whether the customer's own names are told, or the hoster's.</param>
    /// <param name="domain">Its names are imap.exemple.be, pop.exemple.be and smtp.exemple.be.</param>
    /// <param name="mailHost">The mail host's own name, told where the hoster set no other; null when it is not known.</param>
    public static ClientHosts Of(Hoster hoster, DomainName domain, DomainName? mailHost)
    {
        return new(Name(hoster.ImapHost, "imap"), Name(hoster.Pop3Host, "pop"), Name(hoster.SmtpHost, "smtp"));

        string Name(string? generic, string label)
        {
            var own = $"{label}.{domain.Value}";
            return hoster.ServerNaming == ServerNaming.PerDomain ? own : generic ?? mailHost?.Value ?? own;
        }
    }
}
