using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Web.Features.Shared;

/// <summary>How full a mailbox is, for <c>_QuotaCell</c>.</summary>
/// <param name="Usage">Null when nothing is known.</param>
/// <param name="WarningPercent">From where on it is shown as nearly full.</param>
public sealed record QuotaCell(QuotaUsage? Usage, int WarningPercent);
