using MailAdmin.Core.Domains;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Query;

namespace MailAdmin.Core.Admins;

/// <summary>A person who signs in to the panel.</summary>
public sealed class Admin : IdentityUser<long>
{
    public const int MinPageSize = 10;
    public const int MaxPageSize = 100;
    public const int MinQuotaWarning = 1;
    public const int MaxQuotaWarning = 100;

    public AdminRole Role { get; set; }

    /// <summary>Language of the pages (<c>fr</c>, <c>en</c>…); null follows the browser.</summary>
    public string? Language { get; set; }

    /// <summary>Rows per page, 10 by default as in the manual.</summary>
    public int PageSize { get; set; } = 10;

    /// <summary>The percentage of its quota from which an account is shown as nearly full.</summary>
    public int QuotaWarningPercent { get; set; } = 90;

    /// <summary>IANA name of the time zone for display; null means the hoster's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>For support staff: they may see every domain, including future ones.</summary>
    public bool SeesAllDomains { get; set; }

    /// <summary>False ends every session at its next page.</summary>
    public bool IsActive { get; set; } = true;

    public DateTimeOffset CreatedAt { get; set; }

    public List<AdminDomain> Domains { get; set; } = [];
}

public enum AdminRole
{
    // The weakest role comes first, so that a row without a role never has more than this.
    Support,
    DomainAdmin,
    Superuser,
}

/// <summary>A domain given to an admin.</summary>
public sealed class AdminDomain
{
    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }
}

/// <summary>
/// A session of a signed-in admin. The cookie contains a random key and the row its hash, so that ending the session invalidates exactly
/// that cookie.
/// </summary>
public sealed class AdminSession
{
    /// <summary>SHA-256 of the key in the cookie, in hexadecimal.</summary>
    public required string KeyHash { get; set; }

    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    /// <summary>The admin's security stamp at sign-in: a changed password ends older sessions.</summary>
    public required string SecurityStamp { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    /// <summary>In the past once the session has ended: the latest row of an admin shows when they were last seen.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public string? RemoteAddress { get; set; }

    public string? UserAgent { get; set; }

    /// <summary>The network where it was opened, in the form of <see cref="KnownNetwork"/>.</summary>
    public string Network { get; set; } = "";

    /// <summary>When the password was entered again, for actions that require it; null if it never was.</summary>
    public DateTimeOffset? PasswordAt { get; set; }

    /// <summary>For updates: sets a time far in the past, so that a clock that is set back never revives the session.</summary>
    internal static void End(UpdateSettersBuilder<AdminSession> set) => set.SetProperty(s => s.ExpiresAt, DateTimeOffset.MinValue);
}
