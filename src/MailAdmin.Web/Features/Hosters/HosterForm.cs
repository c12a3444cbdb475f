using System.Globalization;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Hosters;

/// <summary>The hoster's settings as they were typed. An empty field means not set.</summary>
/// <param name="Version">The version of the settings that the page showed.</param>
/// <param name="AnyFrom">Whether users may write any address into From:, True or False.</param>
public sealed record HosterForm(
    long Version, string? Name, string? SupportAddress, string? ServerNaming, string? ImapHost, string? Pop3Host, string? SmtpHost,
    string? Webmail,
    string? TimeZone, string? UndeleteDays, string? AnyFrom)
{
    public static HosterForm Of(Hoster hoster) => new(
        hoster.Version, hoster.Name, hoster.SupportAddress, hoster.ServerNaming.ToString(), hoster.ImapHost, hoster.Pop3Host,
        hoster.SmtpHost, hoster.WebmailUrl, HosterTime.IanaOf(hoster.TimeZone),
        hoster.UndeleteDays.ToString(CultureInfo.CurrentCulture), hoster.AllowsAnyFrom.ToString());

    /// <summary>The fields in which the saved values differ from these.</summary>
    public IEnumerable<ChangedField?> DifferencesTo(HosterForm saved) =>
    [
        Changed.Field(HosterTexts.Name, saved.Name, Name), Changed.Field(HosterTexts.SupportAddress, saved.SupportAddress, SupportAddress),
        Changed.Field(HosterTexts.Webmail, saved.Webmail, Webmail), Changed.Field(HosterTexts.TimeZone, saved.TimeZone, TimeZone),
        Changed.Field(HosterTexts.UndeleteDays, saved.UndeleteDays, UndeleteDays),
        Changed.Field(HosterTexts.ServerNaming, saved.ServerNaming, ServerNaming),
        Changed.Field(HosterTexts.ImapHost, saved.ImapHost, ImapHost), Changed.Field(HosterTexts.Pop3Host, saved.Pop3Host, Pop3Host),
        Changed.Field(HosterTexts.SmtpHost, saved.SmtpHost, SmtpHost), Changed.Field(HosterTexts.AnyFrom, saved.AnyFrom, AnyFrom),
    ];

    /// <summary>Returns the request, or all faults of the form.</summary>
    public Result<HosterSettings> ToSettings()
    {
        List<Problem> problems = [];
        AddrSpec? support = null;
        if (!string.IsNullOrWhiteSpace(SupportAddress) && !AddrSpec.TryParse(SupportAddress, out support, out var wrong))
            problems.Add(wrong.At(nameof(SupportAddress)));
        var isKnown = Enum.TryParse<ServerNaming>(ServerNaming, out var naming) && Enum.IsDefined(naming);
        if (!isKnown) problems.Add(FormProblems.ChoiceUnknown.At(nameof(ServerNaming)));
        var (imap, pop3, smtp) = (
            Host(ImapHost, nameof(ImapHost), problems), Host(Pop3Host, nameof(Pop3Host), problems),
            Host(SmtpHost, nameof(SmtpHost), problems));
        Uri? webmail = null;
        if (!string.IsNullOrWhiteSpace(Webmail) && !Uri.TryCreate(Webmail.Trim(), UriKind.Absolute, out webmail))
            problems.Add(HosterProblems.WebmailMalformed);
        if (!int.TryParse(UndeleteDays, NumberStyles.Integer, CultureInfo.InvariantCulture, out var days))
            problems.Add(HosterProblems.UndeleteDaysOutOfRange);
        if (!bool.TryParse(AnyFrom, out var allowsAnyFrom)) problems.Add(FormProblems.ChoiceUnknown.At(nameof(AnyFrom)));
        return problems.Count > 0 ? problems : new HosterSettings(Name, support, naming, imap, pop3, smtp, webmail)
        {
            TimeZone = TimeZone,
            UndeleteDays = days,
            AllowsAnyFrom = allowsAnyFrom,
        };
    }

    public static string AnyFromOf(bool allowed) => allowed ? HosterTexts.AnyFromAllowed : HosterTexts.AnyFromRefused;

    private static DomainName? Host(string? text, string field, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (DomainName.TryParse(text, out var name)) return name;
        problems.Add(HosterProblems.HostMalformed(text.Trim()).At(field));
        return null;
    }
}

/// <param name="Hoster">The saved settings, for the logo.</param>
public sealed record HosterPage(Hoster Hoster, HosterForm Form);
