using System.Globalization;
using System.Text.Json;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Sending;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Hosters;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Sending;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Audit;

/// <summary>The texts of recorded values.</summary>
internal static class AuditValues
{
    private const string Nothing = "—";

    public static string Of(string field, JsonElement value, TimeZoneInfo zone) => value.ValueKind switch
    {
        JsonValueKind.Null => OfNull(field),
        JsonValueKind.True or JsonValueKind.False => OfBoolean(field, value.GetBoolean()),
        JsonValueKind.Number when value.TryGetInt64(out var number) => OfNumber(field, number),
        JsonValueKind.String => OfText(field, value.GetString()!, zone),
        JsonValueKind.Array when value.GetArrayLength() == 0 => Nothing,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(v => Of(field, v, zone))),
        _ => value.GetRawText(),
    };

    private static string OfNull(string field) => field switch
    {
        "language" => SharedTexts.LanguageOfBrowser,
        "maxAccounts" => SharedTexts.Unlimited,
        _ when IsAmount(field) => SharedTexts.Unlimited,
        _ => Nothing,
    };

    private static string OfBoolean(string field, bool value) => field switch
    {
        "allowsCatchAll" => DomainText.CatchAllOf(value),
        "allowsAnyFrom" => HosterForm.AnyFromOf(value),
        "allowsGuardedAddresses" => DomainText.GuardedOf(value),
        "allowsExternalDestinations" => DomainText.ExternalOf(value),
        _ => value ? AuditTexts.Yes : AuditTexts.No,
    };

    private static string OfNumber(string field, long number) => field switch
    {
        "quotaWarningPercent" => (number / 100m).ToString("P0", CultureInfo.CurrentCulture),
        _ when IsAmount(field) => SharedTexts.FormatKibibytes(number.Shown()),
        _ => number.Shown(),
    };

    private static string OfText(string field, string text, TimeZoneInfo zone) => field switch
    {
        "state" => StateOf(text),
        "measure" when Enum.TryParse<SendingMeasure>(text, out var measure) => SendingText.NameOf(measure),
        "role" when Enum.TryParse<AdminRole>(text, out var role) => RoleNames.Of(role),
        "of" => string.Join(", ", text.Split(", ").Select(r => Enum.TryParse<AdminRole>(r, out var role) ? RoleNames.Of(role) : Nothing)),
        "routing" =>
            text == nameof(DomainRouting.Relay) ? AuditTexts.Relayed : text == nameof(DomainRouting.Local) ? AuditTexts.Local : text,
        "expiresAt" when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) =>
            Dates.Say(TimeZoneInfo.ConvertTime(at, zone).DateTime, "f"),
        "services" when Enum.TryParse<MailProtocols>(text, out var services) => AccountText.ServicesOf(services),
        "namingScheme" when Enum.TryParse<NamingScheme>(text, out var scheme) => DomainText.SchemeOf(scheme),
        "serverNaming" when Enum.TryParse<ServerNaming>(text, out var naming) =>
            naming == ServerNaming.Generic ? HosterTexts.NamingGeneric : HosterTexts.NamingPerDomain,
        "language" when PanelLanguages.Find(text) is { } language => PanelLanguages.NameOf(language),
        "from" or "until" when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
            Dates.Say(day, "D"),
        _ => Shown(text),
    };

    /// <summary>Names and addresses in their Unicode form.</summary>
    public static string Shown(string text) =>
        AddrSpec.TryParse(text, out var address) ? address.Display
        : text.Contains('.', StringComparison.Ordinal) && DomainName.TryParse(text, out var domain) ? domain.Display : text;

    private static string StateOf(string text) => text switch
    {
        nameof(AccountState.Active) => SharedTexts.Active,
        nameof(AccountState.Suspended) => SharedTexts.Suspended,
        nameof(AccountState.Deleted) => SharedTexts.Deleted,
        nameof(DomainState.Deleting) => DomainTexts.Deleting,
        _ => text,
    };

    private static bool IsAmount(string field) => field.EndsWith("KiB", StringComparison.OrdinalIgnoreCase);
}
