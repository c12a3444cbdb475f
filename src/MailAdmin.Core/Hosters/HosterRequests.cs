using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Hosters;

/// <summary>The hoster's settings except the logo; null means not set.</summary>
/// <param name="Webmail">An absolute https address.</param>
public sealed record HosterSettings(
    string? Name, AddrSpec? SupportAddress, ServerNaming ServerNaming, DomainName? ImapHost, DomainName? Pop3Host, DomainName? SmtpHost,
    Uri? Webmail)
{
    /// <summary>IANA name of the time zone that defines days; null means the machine's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Number of days for which a deleted account can be restored, from 1 to <see cref="Hoster.MaxUndeleteDays"/>.</summary>
    public int UndeleteDays { get; init; } = Hoster.DefaultUndeleteDays;

    /// <summary>False requires the header From: of users' messages to be checked.</summary>
    public bool AllowsAnyFrom { get; init; }
}

/// <summary>Reasons why the hoster's settings cannot be as requested.</summary>
public static class HosterProblems
{
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");
    public static Problem NameMalformed { get; } = new("HosterNameMalformed", "Name", HosterService.MaxName);
    public static Problem HostMalformed(string text) => new("HosterHostMalformed", null, text);
    public static Problem TimeZoneUnknown(string text) => new("HosterTimeZoneUnknown", "TimeZone", text);
    public static Problem UndeleteDaysOutOfRange { get; } = new("HosterUndeleteDaysOutOfRange", "UndeleteDays", 1, Hoster.MaxUndeleteDays);
    public static Problem RoleAddressUnknown(string address) => new("HosterRoleAddressUnknown", "RoleAddress", address);
    public static Problem WebmailMalformed { get; } = new("HosterWebmailMalformed", "Webmail");
    public static Problem LogoMissing { get; } = new("HosterLogoMissing", "Logo");
    public static Problem LogoTooLarge { get; } = new("HosterLogoTooLarge", "Logo", Logo.MaxOctets / 1_000);
    public static Problem LogoUnknown { get; } = new("HosterLogoUnknown", "Logo");
}
