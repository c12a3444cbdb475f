using MailAdmin.Core.Data;
using MailAdmin.Core.SecondFactors;

namespace MailAdmin.Core.Hosters;

/// <summary>Who runs this installation, and where its customers' mail programs connect: one row, the superuser's settings.</summary>
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

    /// <summary>The hoster's generic names; null is not offered, unless all three are (see <see cref="ClientHosts"/>).</summary>
    public string? ImapHost { get; set; }

    public string? Pop3Host { get; set; }

    public string? SmtpHost { get; set; }

    /// <summary>An https address, or null.</summary>
    public string? WebmailUrl { get; set; }

    /// <summary>IANA name, as <c>Europe/Brussels</c>, in which days are meant; null is the machine's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Where postmaster@ and abuse@ of a domain go that has none of its own; null is the support address.</summary>
    public string? RoleAddress { get; set; }

    /// <summary>Whose admins have to have a second factor.</summary>
    public SecondFactorRoles SecondFactorRoles { get; set; }

    /// <summary>Days for which a deleted account can be brought back.</summary>
    public int UndeleteDays { get; set; } = DefaultUndeleteDays;

    /// <summary>
    /// False: the header From: of what users send has to be an address of their account, as the envelope sender has to be in any case.
    /// </summary>
    public bool AllowsAnyFrom { get; set; }

    public long Version { get; set; }
}

/// <summary>What mail programs are told to connect to (manual, 3.2).</summary>
public enum ServerNaming
{
    /// <summary>The hoster's own names.</summary>
    Generic,

    /// <summary><c>imap.exemple.be</c>, <c>pop.exemple.be</c>, <c>smtp.exemple.be</c>: the customer's DNS has them.</summary>
    PerDomain,
}
