using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Admins;

/// <summary>The role and domains of an admin.</summary>
/// <param name="SeesAllDomains">For support only: every domain, including future ones.</param>
/// <param name="Domains">The admin's domains, by any of their names; ignored if the admin may see all.</param>
public sealed record AdminRights(AdminRole Role, bool SeesAllDomains, IReadOnlyList<DomainName> Domains)
{
    /// <summary>The admin may see all domains, so none has to be given to them.</summary>
    public bool IsForAll => Role == AdminRole.Superuser || IsSupportOfAll;

    internal bool IsSupportOfAll => Role == AdminRole.Support && SeesAllDomains;
}

/// <summary>An admin to be created.</summary>
/// <param name="Language">Language of the pages; null follows the browser.</param>
public sealed record NewAdmin(string? Name, string? Password, string? Confirmation, string? Language, AdminRights Rights);

/// <summary>An admin's settings for their own pages.</summary>
/// <param name="Language">Null follows the browser.</param>
/// <param name="PageSize">Rows per page, <see cref="Admin.MinPageSize"/> to <see cref="Admin.MaxPageSize"/>.</param>
/// <param name="QuotaWarningPercent">The percentage of its quota from which an account is shown as nearly full.</param>
public sealed record OwnSettings(string? Language, int PageSize, int QuotaWarningPercent)
{
    /// <summary>IANA name of the time zone for display; null means the hoster's.</summary>
    public string? TimeZone { get; init; }
}
