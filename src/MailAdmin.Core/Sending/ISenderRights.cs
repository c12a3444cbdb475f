using System.Data.Common;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Sending;

/// <summary>Tells which addresses an account may send as, by the current state of the database.</summary>
public interface ISenderRights
{
    /// <summary>Whether the hoster requires the header From: to be checked (<see cref="Hosters.Hoster.AllowsAnyFrom"/>).</summary>
    /// <exception cref="DbException">The database cannot be queried.</exception>
    bool ChecksFrom();

    /// <summary>
    /// The rule by which Postfix accepts an envelope sender: the rows of the map <c>senders</c>; an address with a +tag is allowed if it is
    /// allowed without the tag.
    /// </summary>
    /// <param name="login">The username or address, in lower case, that the user signed in with.</param>
    /// <param name="address">The address, in any case.</param>
    /// <exception cref="DbException">The database cannot be queried.</exception>
    bool MaySendAs(string login, AddrSpec address);

    /// <summary>
    /// Whether an account's script may answer as an address: one that the account may send from, or one whose mail reaches it. The latter
    /// also includes addresses with several recipients, and the own addresses of an account that may not send.
    /// </summary>
    /// <param name="username">The username, in lower case.</param>
    /// <param name="address">The address, in any case.</param>
    /// <exception cref="DbException">The database cannot be queried.</exception>
    bool MayAnswerAs(string username, AddrSpec address);

    /// <summary>
    /// Whether an account's script may redirect mail there: to hosted domains always, to other domains if the account's domain allows it.
    /// </summary>
    /// <param name="username">The username, in lower case.</param>
    /// <param name="domain">The destination's domain; null if it has none.</param>
    /// <exception cref="DbException">The database cannot be queried.</exception>
    bool MayRedirectTo(string username, DomainName? domain);
}
