using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;

namespace MailAdmin.Core.Redirects;

/// <summary>
/// Redirects an account's mail instead of, or in addition to, delivery to its mailbox (manual, 3.6). A redirect that has lost its last
/// destination counts as none.
/// </summary>
public sealed class AccountRedirect : IVersioned
{
    public long AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>The mailbox receives the mail as well. This is a switch of its own and never a destination.</summary>
    public bool KeepsCopy { get; set; }

    public List<Destination> Destinations { get; set; } = [];

    public long Version { get; set; }
}
