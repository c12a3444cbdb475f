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

    /// <summary>By which lists are sorted.</summary>
    public string SortName { get; private set; } = "";

    /// <summary>First part of the usernames; it never changes, since usernames are made of it.</summary>
    public required Prefix Prefix { get; set; }

    /// <summary>How many accounts may exist: null is no limit, 0 none at all.</summary>
    public int? MaxAccounts { get; set; }

    /// <summary>Quota that a new account gets; null is no limit.</summary>
    public Quota? DefaultQuota { get; set; }

    /// <summary>The most that one account may have; null is no limit.</summary>
    public Quota? MaxQuota { get; set; }

    /// <summary>The most that all accounts together may have; null is no limit.</summary>
    public Quota? TotalQuota { get; set; }

    public NamingScheme NamingScheme { get; set; }

    /// <summary>Folders made in each new mailbox, as their owner sees them.</summary>
    public List<string> Folders { get; set; } = [.. DefaultFolders];

    public DomainState State { get; set; }

    public DomainRouting Routing { get; set; }

    /// <summary>
    /// Postfix transport and next hop of a relayed domain: <c>smtp:[mail.example.org]:25</c>. Of a local one, where its mail went before.
    /// </summary>
    public string? NextHop { get; set; }

    /// <summary>Its way to another routing, while that goes on.</summary>
    public DomainSwitch? Switch { get; set; }

    public long StoreId { get; set; }

    public MailStore? Store { get; set; }

    /// <summary>The account that receives what nobody else does (manual, 3.5), or null.</summary>
    public long? CatchAllAccountId { get; set; }

    /// <summary>False: the superuser forbids a catch-all (manual, 3.5: it gathers spam).</summary>
    public bool AllowsCatchAll { get; set; } = true;

    /// <summary>False: redirects and aliases may lead to hosted domains alone.</summary>
    public bool AllowsExternalDestinations { get; set; } = true;

    /// <summary>
    /// True: its admins may make admin@, postmaster@ and their like and point them where they want, and its catch-all receives them.
    /// </summary>
    public bool AllowsGuardedAddresses { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public long Version { get; set; }

    /// <summary>
    /// Number that the next account takes. Counters are touched by one UPDATE in the transaction that needs them, never through this
    /// object.
    /// </summary>
    public long NextNumber { get; set; } = 1;

    /// <summary>Accounts that count against <see cref="MaxAccounts"/>.</summary>
    public int AccountCount { get; set; }

    /// <summary>Sum of the accounts' quotas in KiB; an account without a limit counts 0.</summary>
    public long AllocatedKiB { get; set; }

    public List<DomainAlias> Aliases { get; set; } = [];

    public static IReadOnlyList<string> DefaultFolders { get; } = ["Sent", "Drafts", "Trash", "Junk"];
}

/// <summary>How usernames are made.</summary>
public enum NamingScheme
{
    /// <summary>Prefix and running number, as in the manual: <c>exemple0001</c>.</summary>
    Numbered,

    /// <summary>Chosen by the admin.</summary>
    Free,

    /// <summary>Local part and domain, as web-cyradm had it: <c>gugus.dupont.exemple.be</c>.</summary>
    LocalPartAndDomain,
}

public enum DomainState
{
    Active,

    /// <summary>Senders keep their mail and try again, nobody signs in or sends; everything is kept.</summary>
    Suspended,

    /// <summary>Refused for good, and on its way out: a large domain goes step by step. There is no way back.</summary>
    Deleting,
}

public enum DomainRouting
{
    /// <summary>Mail is delivered to the mail store.</summary>
    Local,

    /// <summary>Mail is handed to <see cref="MailDomain.NextHop"/> while accounts are being prepared (manual, chapter 5).</summary>
    Relay,
}
