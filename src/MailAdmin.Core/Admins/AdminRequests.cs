using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Admins;

/// <summary>How far an admin may go.</summary>
/// <param name="SeesAllDomains">For support alone: every domain, those to come as well.</param>
/// <param name="Domains">Those given to them, by any of their names; without effect where they see all.</param>
public sealed record AdminRights(AdminRole Role, bool SeesAllDomains, IReadOnlyList<DomainName> Domains)
{
    /// <summary>No domain has to be given to them.</summary>
    public bool IsForAll => Role == AdminRole.Superuser || IsSupportOfAll;

    internal bool IsSupportOfAll => Role == AdminRole.Support && SeesAllDomains;
}

/// <summary>An admin to be made.</summary>
/// <param name="Language">Of the pages; null follows their browser.</param>
public sealed record NewAdmin(string? Name, string? Password, string? Confirmation, string? Language, AdminRights Rights);

/// <summary>What an admin decides about their own pages.</summary>
/// <param name="Language">Null follows the browser.</param>
/// <param name="PageSize">Rows a page, <see cref="Admin.MinPageSize"/> to <see cref="Admin.MaxPageSize"/>.</param>
/// <param name="QuotaWarningPercent">From what share on an account is shown as nearly full, in percent.</param>
public sealed record OwnSettings(string? Language, int PageSize, int QuotaWarningPercent)
{
    /// <summary>IANA name of the zone that times are shown in; null is the hoster's.</summary>
    public string? TimeZone { get; init; }
}
