using System.Data.Common;
using MailAdmin.Core.Addresses;

namespace MailAdmin.Core.Sending;

/// <summary>Who may send as which address, as it stands in the database at that moment.</summary>
public interface ISenderRights
{
    /// <summary>Whether the hoster has the header From: checked (<see cref="Hosters.Hoster.AllowsAnyFrom"/>).</summary>
    /// <exception cref="DbException">The database can't be asked.</exception>
    bool ChecksFrom();

    /// <summary>
    /// The same rule by which Postfix takes an envelope sender: the rows of the map <c>senders</c>, and an address with a +tag where it may be sent from
    /// without it.
    /// </summary>
    /// <param name="login">A username or an address in lower case, as somebody signed in.</param>
    /// <param name="address">Whatever its case.</param>
    /// <exception cref="DbException">The database can't be asked.</exception>
    bool MaySendAs(string login, AddrSpec address);
}
