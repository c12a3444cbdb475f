using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Reads quotas from Cyrus for a page, which never waits for them longer than its budget.</summary>
public sealed class AccountQuotas(IMailServer server)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);

    /// <summary>Null if nothing is known.</summary>
    public async Task<QuotaUsage?> UsageAsync(AccountRow account, CancellationToken cancellationToken) =>
        (await ReadAsync([account], cancellationToken))?[account.Username];

    /// <summary>Null if no server is configured.</summary>
    public Task<QuotaReadings?> ReadAsync(IEnumerable<AccountRow> accounts, CancellationToken cancellationToken) =>
        server.QuotasAsync([.. accounts.Where(a => a.MailboxReady).Select(a => a.Mailbox)], Budget, cancellationToken);
}
