using MailAdmin.Core.Data;
using MailAdmin.Core.SecondFactors;

namespace MailAdmin.Core.Hosters;

/// <summary>The operator of this installation and its server names: a single row, the superuser's settings.</summary>
public sealed class Hoster : IVersioned
{
    /// <summary>The only row's id.</summary>
    public const long OnlyId = 1;

    public const int DefaultUndeleteDays = 14;
    public const int MaxUndeleteDays = 365;

    public long Id { get; set; } = OnlyId;

    /// <summary>Shown on every page and sheet; null shows the product's name.</summary>
    public string? Name { get; set; }

    /// <summary>PNG, JPEG or WebP.</summary>
    public byte[]? Logo { get; set; }

    public string? LogoType { get; set; }

    /// <summary>Where users and domain admins ask for help.</summary>
    public string? SupportAddress { get; set; }

    public ServerNaming ServerNaming { get; set; }

    /// <summary>The hoster's generic names; a null one is not offered, unless all three are null (see <see cref="ClientHosts"/>).</summary>
    public string? ImapHost { get; set; }

    public string? Pop3Host { get; set; }

    public string? SmtpHost { get; set; }

    /// <summary>An https address, or null.</summary>
    public string? WebmailUrl { get; set; }

    /// <summary>IANA name of the time zone that defines days, such as <c>Europe/Brussels</c>; null means the machine's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The address for postmaster@ and abuse@ of domains that do not have them; null means the support address.</summary>
    public string? RoleAddress { get; set; }

    /// <summary>The roles whose admins have to have a second factor.</summary>
    public SecondFactorRoles SecondFactorRoles { get; set; }

    /// <summary>Number of days for which a deleted account can be restored.</summary>
    public int UndeleteDays { get; set; } = DefaultUndeleteDays;

    /// <summary>
    /// False: the header From: of users' messages has to be an address of their account. The envelope sender has to be one in any case.
    /// </summary>
    public bool AllowsAnyFrom { get; set; }

    public long Version { get; set; }
}

/// <summary>Which server names mail programs are given (manual, 3.2).</summary>
public enum ServerNaming
{
    /// <summary>The hoster's own names.</summary>
    Generic,

    /// <summary><c>imap.exemple.be</c>, <c>pop.exemple.be</c>, <c>smtp.exemple.be</c>, which the customer's DNS has to contain.</summary>
    PerDomain,
}
