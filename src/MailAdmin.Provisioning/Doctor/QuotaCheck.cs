using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailKit.Net.Imap;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that Cyrus supports ACL and QUOTA, and that an account's mailbox has the limit of the database.</summary>
internal sealed class QuotaCheck(ImapEndpoint imap, MailboxRepository accounts) : Check("Quota")
{
    public override bool ReadsDatabase => true;

    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => imap.CheckAsync(
        async session =>
        {
            var missing = new[] { (ImapCapabilities.Acl, "ACL"), (ImapCapabilities.Quota, "QUOTA") }.Where(
                c => !session.Capabilities.HasFlag(c.Item1)).ToList();
            if (missing.Count > 0) return [.. missing.Select(c => new Finding("ExtensionMissing", null, null, c.Item2))];
            return await RootAsync(session, cancellationToken);
        },
        cancellationToken);

    private async Task<IReadOnlyList<Finding>> RootAsync(CyrusSession session, CancellationToken cancellationToken)
    {
        if (await accounts.FindReadyAsync(cancellationToken) is not { Quota: { } quota } account) return [];
        var read = await CyrusQuotaRoot.ReadAsync(session, [new AccountMailbox(account.Username, account.MailboxId)], cancellationToken);
        return read[0]?.LimitKiB == quota.KiB
            ? [] : [new("QuotaRootWrong", null, null, account.Username.Value, quota.KiB, read[0]?.LimitKiB ?? 0)];
    }
}
