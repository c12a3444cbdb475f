using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;

namespace MailAdmin.Core.Domains;

/// <summary>A customer's mail domain (manual, fig. 1) with its limits and the counters that enforce them.</summary>
public sealed class MailDomain : IVersioned
{
    private DomainName _name = null!;

    public long Id { get; set; }

    public required DomainName Name
    {
        get => _name;
        set => (_name, SortName) = (value, value.Reading);
    }

    /// <summary>The sort key in lists.</summary>
    public string SortName { get; private set; } = "";

    /// <summary>First part of the usernames; it never changes, since usernames are made from it.</summary>
    public required Prefix Prefix { get; set; }

    /// <summary>Maximum number of accounts; null means no limit, 0 means none at all.</summary>
    public int? MaxAccounts { get; set; }

    /// <summary>Quota of a new account; null means no limit.</summary>
    public Quota? DefaultQuota { get; set; }

    /// <summary>Maximum quota of one account; null means no limit.</summary>
    public Quota? MaxQuota { get; set; }

    /// <summary>Maximum sum of all accounts' quotas; null means no limit.</summary>
    public Quota? TotalQuota { get; set; }

    public NamingScheme NamingScheme { get; set; }

    /// <summary>Folders created in each new mailbox, as their owner sees them.</summary>
    public List<string> Folders { get; set; } = [.. DefaultFolders];

    public DomainState State { get; set; }

    public DomainRouting Routing { get; set; }

    /// <summary>
    /// Postfix transport and next hop of a relayed domain: <c>smtp:[mail.example.org]:25</c>. For a local domain, the previous next hop.
    /// </summary>
    public string? NextHop { get; set; }

    /// <summary>The switch of its routing that is under way, or null.</summary>
    public DomainSwitch? Switch { get; set; }

    public long StoreId { get; set; }

    public MailStore? Store { get; set; }

    /// <summary>The account that receives mail for unknown recipients (manual, 3.5), or null.</summary>
    public long? CatchAllAccountId { get; set; }

    /// <summary>False: the superuser forbids a catch-all (manual, 3.5: it attracts spam).</summary>
    public bool AllowsCatchAll { get; set; } = true;

    /// <summary>False: redirects and aliases may have destinations in hosted domains only.</summary>
    public bool AllowsExternalDestinations { get; set; } = true;

    /// <summary>
    /// True: its admins may create admin@, postmaster@ and the like with any destination, and its catch-all receives mail for them.
    /// </summary>
    public bool AllowsGuardedAddresses { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public long Version { get; set; }

    /// <summary>
    /// Number of the next account. Counters are changed by one UPDATE in the transaction that needs them, never through this object.
    /// </summary>
    public long NextNumber { get; set; } = 1;

    /// <summary>Number of accounts that count against <see cref="MaxAccounts"/>.</summary>
    public int AccountCount { get; set; }

    /// <summary>Sum of the accounts' quotas in KiB; an account without a limit counts 0.</summary>
    public long AllocatedKiB { get; set; }

    /// <summary>
    /// Set while the rows of a large domain follow its new main name, step by step: the addresses up to this id are done. All addresses
    /// work under both names meanwhile.
    /// </summary>
    [ServerState]
    public long? RowsReached { get; set; }

    public List<DomainAlias> Aliases { get; set; } = [];

    public static IReadOnlyList<string> DefaultFolders { get; } = ["Sent", "Drafts", "Trash", "Junk"];
}

/// <summary>How usernames are chosen.</summary>
public enum NamingScheme
{
    /// <summary>Prefix and running number, as in the manual: <c>exemple0001</c>.</summary>
    Numbered,

    /// <summary>Chosen by the admin.</summary>
    Free,

    /// <summary>Local part and domain, as in web-cyradm: <c>gugus.dupont.exemple.be</c>.</summary>
    LocalPartAndDomain,
}

public enum DomainState
{
    Active,

    /// <summary>Mail is deferred, so that senders keep it and try again; users cannot sign in or send; everything is kept.</summary>
    Suspended,

    /// <summary>Its mail is refused for good, and it is being deleted, step by step if it is large. This cannot be undone.</summary>
    Deleting,
}

public enum DomainRouting
{
    /// <summary>Mail is delivered to the store.</summary>
    Local,

    /// <summary>Mail is relayed to <see cref="MailDomain.NextHop"/> while accounts are being prepared (manual, chapter 5).</summary>
    Relay,
}
