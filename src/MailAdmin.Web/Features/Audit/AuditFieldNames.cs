using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Admins;
using MailAdmin.Web.Features.Aliases;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Hosters;
using MailAdmin.Web.Features.Imports;
using MailAdmin.Web.Features.Passwords;
using MailAdmin.Web.Features.Redirects;
using MailAdmin.Web.Features.Sending;
using MailAdmin.Web.Features.Settings;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Features.Vacations;

namespace MailAdmin.Web.Features.Audit;

/// <summary>The label of a recorded field: the same as on the form that changes it.</summary>
internal static class AuditFieldNames
{
    /// <returns>The field's own name if it has no label.</returns>
    public static string Of(string kind, string field) => field switch
    {
        "from" when kind == "admin.sessions-ended" => AuditTexts.Address,
        "address" => AccountTexts.Address,
        "kiB" => AccountTexts.Quota,
        "reason" => PasswordTexts.Reason,
        "services" => AccountTexts.Services,
        "state" => SharedTexts.State,
        "holdsMail" => AuditTexts.HoldsMail,
        "forGood" => AuditTexts.ForGood,
        "destinations" => AliasTexts.Destinations,
        "destination" => AuditTexts.Destination,
        "holder" => AccountTexts.YourAccount,
        "keepsCopy" => RedirectTexts.KeepsCopy,
        "folders" when kind == "account.mailbox-taken-over" => AuditTexts.FolderCount,
        "creates" => ImportTexts.Creates,
        "changes" => ImportTexts.Change,
        "wrong" => ImportTexts.Wrong,
        "done" => ImportTexts.Done,
        "refused" => ImportTexts.Refused,
        "accounts" when kind.StartsWith("import.", StringComparison.Ordinal) => SharedTexts.Accounts,
        "personName" => AccountTexts.PersonName,
        _ => OfSending(field) ?? OfMailbox(field) ?? OfVacation(field) ?? OfDomain(field) ?? OfAdmin(field) ?? OfHoster(field) ?? field,
    };

    private static string? OfSending(string field) => field switch
    {
        "messagesPerHour" => SendingTexts.MessagesPerHour,
        "recipientsPerHour" => SendingTexts.RecipientsPerHour,
        "messagesPerDay" => SendingTexts.MessagesPerDay,
        "recipientsPerDay" => SendingTexts.RecipientsPerDay,
        "measure" => AuditTexts.SendingMeasure,
        "limit" => AuditTexts.SendingLimit,
        _ => null,
    };

    private static string? OfMailbox(string field) => field switch
    {
        "username" => AccountTexts.Username,
        "mailboxId" => "MAILBOXID",
        "messages" => AuditTexts.Messages,
        "rights" => AuditTexts.Rights,
        "script" => AuditTexts.ActiveScript,
        "rightsRemoved" => AuditTexts.RightsRemoved,
        "scriptStopped" => AuditTexts.ScriptStopped,
        _ => null,
    };

    private static string? OfVacation(string field) => field switch
    {
        "isOn" => VacationTexts.Answering,
        "from" => VacationTexts.From,
        "until" => VacationTexts.Until,
        "intervalDays" => AuditTexts.IntervalDays,
        "characters" => AuditTexts.Characters,
        _ => null,
    };

    private static string? OfDomain(string field) => field switch
    {
        "name" => HosterTexts.Name,
        "prefix" => DomainTexts.Prefix,
        "maxAccounts" => DomainTexts.MaxAccounts,
        "defaultQuotaKiB" => DomainTexts.DefaultQuota,
        "maxQuotaKiB" => DomainTexts.MaxQuota,
        "totalQuotaKiB" => DomainTexts.TotalQuota,
        "namingScheme" => DomainTexts.NamingScheme,
        "allowsCatchAll" => SharedTexts.CatchAll,
        "allowsExternalDestinations" => DomainTexts.External,
        "allowsGuardedAddresses" => DomainTexts.Guarded,
        "folders" => DomainTexts.Folders,
        _ => null,
    };

    private static string? OfAdmin(string field) => field switch
    {
        "role" => AdminTexts.Role,
        "seesAllDomains" => AuditTexts.SeesAllDomains,
        "isActive" => AuditTexts.MaySignIn,
        "domains" => SharedTexts.Domains,
        "of" => AuditTexts.Roles,
        "networks" => AuditTexts.Networks,
        "given" => AuditTexts.DomainsGiven,
        "taken" => AuditTexts.DomainsTaken,
        "language" => SharedTexts.Language,
        "pageSize" => SettingsTexts.PageSize,
        "quotaWarningPercent" => SettingsTexts.QuotaWarning,
        _ => null,
    };

    private static string? OfHoster(string field) => field switch
    {
        "supportAddress" => HosterTexts.SupportAddress,
        "serverNaming" => HosterTexts.ServerNaming,
        "imapHost" => HosterTexts.ImapHost,
        "pop3Host" => HosterTexts.Pop3Host,
        "smtpHost" => HosterTexts.SmtpHost,
        "webmailUrl" => HosterTexts.Webmail,
        "undeleteDays" => HosterTexts.UndeleteDays,
        "allowsAnyFrom" => HosterTexts.AnyFrom,
        "timeZone" => HosterTexts.TimeZone,
        "type" => AuditTexts.PictureType,
        "octets" => AuditTexts.PictureOctets,
        "expiresAt" => AuditTexts.ExpiresAt,
        "roleAddress" => AuditTexts.RoleAddress,
        "routing" => AuditTexts.Routing,
        "kind" => AuditTexts.Kind,
        "attempts" => AuditTexts.Attempts,
        "error" => AuditTexts.ServerSaid,
        "count" => AuditTexts.Count,
        "found" => AuditTexts.Found,
        "wanted" => AuditTexts.Wanted,
        "nextHop" => AuditTexts.NextHop,
        _ => null,
    };
}
