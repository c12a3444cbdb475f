using MailAdmin.Core.Domains;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Query;

namespace MailAdmin.Core.Admins;

/// <summary>Somebody who signs in to the panel.</summary>
public sealed class Admin : IdentityUser<long>
{
    public const int MinPageSize = 10;
    public const int MaxPageSize = 100;
    public const int MinQuotaWarning = 1;
    public const int MaxQuotaWarning = 100;

    public AdminRole Role { get; set; }

    /// <summary>Language of the pages (<c>fr</c>, <c>en</c>…); null follows the browser.</summary>
    public string? Language { get; set; }

    /// <summary>Rows a page, 10 as in the manual.</summary>
    public int PageSize { get; set; } = 10;

    /// <summary>From what share of its quota an account is shown as nearly full, in percent.</summary>
    public int QuotaWarningPercent { get; set; } = 90;

    /// <summary>IANA name of the zone that times are shown in; null is the hoster's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>For support staff: sees every domain, those to come as well.</summary>
    public bool SeesAllDomains { get; set; }

    /// <summary>False stops every session at its next page.</summary>
    public bool IsActive { get; set; } = true;

    public DateTimeOffset CreatedAt { get; set; }

    public List<AdminDomain> Domains { get; set; } = [];
}

public enum AdminRole
{
    // The weakest first: a row without a role is never more than this.
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
/// A signed-in browser. The cookie carries a random key; the row holds its hash, so that ending it kills exactly that cookie.
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

    /// <summary>In the past once it has ended: the latest row of an admin says when they were last seen.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public string? RemoteAddress { get; set; }

    public string? UserAgent { get; set; }

    /// <summary>Where it was opened, as <see cref="KnownNetwork"/> names it.</summary>
    public string Network { get; set; } = "";

    /// <summary>When the password was typed again, for what asks for it; null where it never was.</summary>
    public DateTimeOffset? PasswordAt { get; set; }

    /// <summary>For updates: far back, so that no clock that is set back revives it.</summary>
    internal static void End(UpdateSettersBuilder<AdminSession> set) => set.SetProperty(s => s.ExpiresAt, DateTimeOffset.MinValue);
}
