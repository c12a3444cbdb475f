using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.Domains;

/// <summary>A domain to be made. Null limits are no limits.</summary>
public sealed record NewDomain(DomainName Name, Prefix Prefix)
{
    public int? MaxAccounts { get; init; }

    public Quota? DefaultQuota { get; init; }

    public Quota? MaxQuota { get; init; }

    public Quota? TotalQuota { get; init; }

    public NamingScheme NamingScheme { get; init; }

    public IReadOnlyList<string> Folders { get; init; } = MailDomain.DefaultFolders;
}

/// <summary>An edit of a domain. Name and prefix are not among its fields: usernames and addresses are made of them.</summary>
/// <param name="Version">The one that the form was drawn from.</param>
public sealed record DomainEdit(
    long Version, int? MaxAccounts, Quota? DefaultQuota, Quota? MaxQuota, Quota? TotalQuota, DomainState State, IReadOnlyList<string> Folders);
