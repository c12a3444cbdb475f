using System.Data.Common;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;

namespace MailAdmin.Provisioning.Tests.Sending;

/// <summary>One account, exemple0001, that may send as gugus.dupont@exemple.be and info@exemple.be.</summary>
internal sealed class FakeRights : ISenderRights
{
    public bool Checks { get; set; } = true;

    public bool IsAway { get; set; }

    public bool ChecksFrom() => IsAway ? throw new Away() : Checks;

    public bool MaySendAs(string login, AddrSpec address) =>
        login is "exemple0001" or "gugus.dupont@exemple.be"
            && $"{address.Untagged}@{address.Domain}".ToLowerInvariant() is "gugus.dupont@exemple.be" or "info@exemple.be";

    public bool MayAnswerAs(string username, AddrSpec address) => MaySendAs(username, address) || address.Value == "bureau@exemple.be";

    public bool MayRedirectTo(string username, DomainName? domain) =>
        IsAway ? throw new Away() : domain?.Value is "exemple.be" or "voisin.example";

    private sealed class Away : DbException;
}
