using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Web.Features.Shared;

/// <summary>The model of <c>_QuotaCell</c>: how full a mailbox is.</summary>
/// <param name="Usage">Null if nothing is known.</param>
/// <param name="WarningPercent">The share in percent from which it is shown as nearly full.</param>
public sealed record QuotaCell(QuotaUsage? Usage, int WarningPercent);
