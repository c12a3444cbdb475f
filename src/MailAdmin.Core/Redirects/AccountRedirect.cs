using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;

namespace MailAdmin.Core.Redirects;

/// <summary>
/// Where an account's mail goes instead of its mailbox, or beside it (manual, 3.6). One that has lost its last destination is none.
/// </summary>
public sealed class AccountRedirect : IVersioned
{
    public long AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>The mailbox receives as well. A switch of its own, never a destination.</summary>
    public bool KeepsCopy { get; set; }

    public List<Destination> Destinations { get; set; } = [];

    public long Version { get; set; }
}
