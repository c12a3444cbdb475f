using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Quotas from Cyrus for a page, which never waits longer than its budget for them.</summary>
public sealed class AccountQuotas(IMailServer server)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);

    /// <summary>Null when nothing is known.</summary>
    public async Task<QuotaUsage?> UsageAsync(AccountRow account, CancellationToken cancellationToken) =>
        (await ReadAsync([account], cancellationToken))?[account.Username];

    /// <summary>Null when no server is configured.</summary>
    public Task<QuotaReadings?> ReadAsync(IEnumerable<AccountRow> accounts, CancellationToken cancellationToken) =>
        server.QuotasAsync([.. accounts.Where(a => a.MailboxReady).Select(a => a.Mailbox)], Budget, cancellationToken);
}
