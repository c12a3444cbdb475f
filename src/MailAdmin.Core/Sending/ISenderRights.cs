using System.Data.Common;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Sending;

/// <summary>Who may send as which address, as it stands in the database at that moment.</summary>
public interface ISenderRights
{
    /// <summary>Whether the hoster has the header From: checked (<see cref="Hosters.Hoster.AllowsAnyFrom"/>).</summary>
    /// <exception cref="DbException">The database can't be asked.</exception>
    bool ChecksFrom();

    /// <summary>
    /// The same rule by which Postfix takes an envelope sender: the rows of the map <c>senders</c>, and an address with a +tag where it may
    /// be sent from without it.
    /// </summary>
    /// <param name="login">A username or an address in lower case, as somebody signed in.</param>
    /// <param name="address">Whatever its case.</param>
    /// <exception cref="DbException">The database can't be asked.</exception>
    bool MaySendAs(string login, AddrSpec address);

    /// <summary>
    /// Whether an account's script may answer as an address: one that it may send from, or that its mail comes by. The second is wider: an
    /// address of several, and the own one of an account that may not send.
    /// </summary>
    /// <param name="username">In lower case.</param>
    /// <param name="address">Whatever its case.</param>
    /// <exception cref="DbException">The database can't be asked.</exception>
    bool MayAnswerAs(string username, AddrSpec address);

    /// <summary>
    /// Whether an account's script may send mail on: to hosted domains, and where its own domain allows it to everywhere.
    /// </summary>
    /// <param name="username">In lower case.</param>
    /// <param name="domain">The destination's; null for one that has none.</param>
    /// <exception cref="DbException">The database can't be asked.</exception>
    bool MayRedirectTo(string username, DomainName? domain);
}
