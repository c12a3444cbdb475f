using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.Domains;

/// <summary>A domain to be created. Null limits mean no limit.</summary>
public sealed record NewDomain(DomainName Name, Prefix Prefix)
{
    public int? MaxAccounts { get; init; }

    public Quota? DefaultQuota { get; init; }

    public Quota? MaxQuota { get; init; }

    public Quota? TotalQuota { get; init; }

    public NamingScheme NamingScheme { get; init; }

    public IReadOnlyList<string> Folders { get; init; } = MailDomain.DefaultFolders;

    /// <summary>
    /// Where its mail is relayed while accounts are being prepared (manual, chapter 5); null if it is delivered here from the start.
    /// </summary>
    public NextHop? NextHop { get; init; }

    /// <summary>The superuser was warned that it is above or below a hosted domain, and wants it all the same.</summary>
    public bool AcceptsRelated { get; init; }
}

/// <summary>An edit of a domain. Name and prefix cannot be edited, because addresses and usernames are made from them.</summary>
/// <param name="Version">The version that the form showed.</param>
/// <param name="NamingScheme">For future accounts: a username never changes.</param>
/// <param name="State">Active or suspended.</param>
public sealed record DomainEdit(
    long Version, int? MaxAccounts, Quota? DefaultQuota, Quota? MaxQuota, Quota? TotalQuota, NamingScheme NamingScheme, DomainState State,
    bool AllowsCatchAll, bool AllowsExternalDestinations, IReadOnlyList<string> Folders)
{
    /// <inheritdoc cref="MailDomain.AllowsGuardedAddresses"/>
    public bool AllowsGuardedAddresses { get; init; }
}

/// <summary>The confirmed request to delete a domain.</summary>
/// <param name="Version">The version that was shown.</param>
/// <param name="Stamp">The stamp of the <see cref="DomainContents"/> that were shown.</param>
/// <param name="TypedName">The domain's name as the admin typed it to confirm, in either spelling.</param>
public sealed record DomainDeletion(long Version, string? Stamp, string? TypedName);
