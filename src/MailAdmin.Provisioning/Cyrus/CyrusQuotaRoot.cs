using MailAdmin.Core.Accounts;
using MailKit;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>The limit on a mailbox and what lies below it (RFC 2087), in units of 1 024 octets here as there.</summary>
internal static class CyrusQuotaRoot
{
    /// <summary>What Cyrus 3.6 takes as a number; one more makes it end the connection ("num too big").</summary>
    private const long MaxKiB = int.MaxValue;

    public static async Task<QuotaUsage> ReadAsync(CyrusSession session, IMailFolder mailbox, CancellationToken cancellation)
    {
        var quota = await session.RunAsync(CyrusStep.Quota, mailbox.GetQuotaAsync, cancellation);
        return quota.QuotaRoot?.FullName == mailbox.FullName ? new QuotaUsage(quota.CurrentStorageSize, quota.StorageLimit) : new QuotaUsage(null, null);
    }

    /// <summary>Whether Cyrus takes it as a limit at all.</summary>
    public static bool CanBe(Quota? wish) => wish is not { KiB: > MaxKiB };

    /// <summary>
    /// Sets the limit of a mailbox that need not be there: with a + Cyrus takes it. CREATE then finds it, for which no mailbox may be created
    /// before its limit, neither here nor by another connection that is still at it (decision 0024).
    /// </summary>
    /// <returns>The command, or null where there is no limit to be set so.</returns>
    public static string? CommandAhead(MailboxWish wish, string mailbox) =>
        wish.Quota is { } quota && CanBe(quota) ? $"SETQUOTA {ImapText.Quote("+" + mailbox)} (STORAGE {quota.KiB})" : null;

    /// <summary>The same, sent. Whether it was done, <see cref="EnsureAsync"/> finds out.</summary>
    public static async Task SetAheadAsync(CyrusSession admin, MailboxWish wish, CancellationToken cancellation)
    {
        if (CommandAhead(wish, admin.UsersPrefix + wish.Username) is { } command)
            await admin.SendAsync(CyrusStep.Quota, [command], (_, _) => { }, cancellation);
    }

    /// <summary>Sets the limit where it differs, and reads it back: OK to SETQUOTA alone proves nothing.</summary>
    public static async Task EnsureAsync(CyrusSession admin, IMailFolder mailbox, Quota? wish, CancellationToken cancellation)
    {
        if (!CanBe(wish))
            throw new CyrusRefusedException(CyrusStep.Quota, $"{wish!.Value.KiB} KiB is more than the {MaxKiB} KiB that Cyrus takes as a limit");
        if ((await ReadAsync(admin, mailbox, cancellation)).LimitKiB == wish?.KiB) return;
        await admin.RunAsync(CyrusStep.Quota, token => mailbox.SetQuotaAsync(messageLimit: null, (uint?)wish?.KiB, token), cancellation);
        var limit = (await ReadAsync(admin, mailbox, cancellation)).LimitKiB;
        if (limit != wish?.KiB)
            throw new CyrusRefusedException(CyrusStep.Quota, $"Cyrus answered OK to a limit of {Text(wish?.KiB)}, but tells {Text(limit)}; on its host, as the user cyrus: cyrus quota -f {mailbox.FullName}");
    }

    private static string Text(long? kib) => kib is null ? "none" : $"{kib} KiB";
}
