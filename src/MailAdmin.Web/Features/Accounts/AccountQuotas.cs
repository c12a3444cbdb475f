using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Quotas from Cyrus for a page, which never waits longer than its budget for them.</summary>
public sealed class AccountQuotas(IServiceProvider services)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);

    // Not there when the panel runs without a Cyrus section.
    private readonly CyrusQuotas? _cyrus = services.GetService<CyrusQuotas>();

    /// <summary>Null when nothing is known.</summary>
    public async Task<QuotaUsage?> UsageAsync(AccountRow account, CancellationToken cancellationToken) => (await ReadAsync([account], cancellationToken))?[account.Username];

    /// <summary>Null when no server is configured.</summary>
    public async Task<QuotaReadings?> ReadAsync(IEnumerable<AccountRow> accounts, CancellationToken cancellationToken)
    {
        if (_cyrus is null) return null;
        return await _cyrus.ReadAsync([.. accounts.Where(a => a.MailboxReady).Select(a => a.Mailbox)], Budget, cancellationToken);
    }
}
