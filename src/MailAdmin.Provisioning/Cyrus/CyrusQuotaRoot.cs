using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// The limit of a mailbox with all its folders, in units of 1,024 octets as in RFC 2087. It bypasses MailKit, which keeps only 32 bits of
/// it: MailKit would report a usage of 4 TiB as 0.
/// </summary>
internal static class CyrusQuotaRoot
{
    /// <summary>The highest limit that Cyrus 3.6 accepts; on a higher one it ends the connection ("num too big").</summary>
    private const long MaxKiB = int.MaxValue;

    /// <summary>Reads usage and limit of each mailbox, and whether it is the account's, with one exchange.</summary>
    /// <returns>Null for a mailbox that does not exist, or whose name the server does not allow.</returns>
    public static async Task<IReadOnlyList<QuotaUsage?>> ReadAsync(
        CyrusSession session, IReadOnlyList<AccountMailbox> mailboxes, CancellationToken cancellationToken)
    {
        var readings = mailboxes.Select(m => session.CanHave(m.Username) ? new Reading(m, session.NameOf(m.Username)) : null).ToList();
        var asked = readings.OfType<Reading>().ToList();
        var ends = await session.SendAsync(
            CyrusStep.Quota, [.. asked.SelectMany(r => r.Questions)],
            (i, line) => asked[i / 2].Hear(ImapText.Words(line)), cancellationToken);
        for (var i = 0; i < asked.Count; i++) asked[i].End(ends[2 * i], ends[(2 * i) + 1]);
        return readings.ConvertAll(r => r?.Usage);
    }

    /// <summary>Whether Cyrus accepts the limit at all.</summary>
    public static bool CanBe(Quota? spec) => spec is not { KiB: > MaxKiB };

    /// <summary>
    /// Makes the command that sets the limit of a mailbox that need not exist yet: Cyrus accepts that for a name with a + before it. CREATE
    /// then finds the limit as its quota root, so no mailbox may be created before its limit, neither here nor by another connection that
    /// is still at work (decision 0024). The command would also change the limit of an existing mailbox, so the caller checks first.
    /// </summary>
    /// <returns>The command, or null if there is no limit to set that way.</returns>
    public static string? CommandAhead(MailboxSpec spec, string mailbox) =>
        spec.Quota is { } quota && CanBe(quota) ? $"SETQUOTA {ImapText.Quote("+" + mailbox)} (STORAGE {quota.KiB})" : null;

    /// <summary>Sends <see cref="CommandAhead"/>. Whether it took effect, <see cref="EnsureAsync"/> finds out.</summary>
    public static async Task SetAheadAsync(CyrusSession admin, MailboxSpec spec, CancellationToken cancellationToken)
    {
        if (CommandAhead(spec, admin.NameOf(spec.Username)) is { } command)
            await admin.SendAsync(CyrusStep.Quota, [command], (_, _) => { }, cancellationToken);
    }

    /// <summary>Sets the limit if it differs, and reads it back: an OK to SETQUOTA alone proves nothing.</summary>
    public static async Task EnsureAsync(CyrusSession admin, string mailbox, Quota? spec, CancellationToken cancellationToken)
    {
        if (!CanBe(spec))
            throw new CyrusRefusedException(
                CyrusStep.Quota, $"{spec!.Value.KiB} KiB is more than the {MaxKiB} KiB that Cyrus takes as a limit");
        if (await LimitAsync(admin, mailbox, cancellationToken) == spec?.KiB) return;
        await admin.AskAsync(
            CyrusStep.Quota, $"SETQUOTA {ImapText.Quote(mailbox)} ({(spec is { } quota ? $"STORAGE {quota.KiB}" : "")})",
                cancellationToken);
        var limit = await LimitAsync(admin, mailbox, cancellationToken);
        if (limit != spec?.KiB)
            throw new CyrusRefusedException(
                CyrusStep.Quota,
                $"Cyrus answered OK to a limit of {Text(spec?.KiB)}, but tells {Text(limit)}; on its host, as the user cyrus: cyrus quota -f {mailbox}");
    }

    /// <summary>Usage and limit in a QUOTA answer for the mailbox's own quota root; null for another answer or another root.</summary>
    public static (long Used, long Limit)? Of(List<string> words, string mailbox) =>
        words is ["QUOTA", var root, var limits] && root == mailbox ? ImapText.Storage(limits) : null;

    private static async Task<long?> LimitAsync(CyrusSession admin, string mailbox, CancellationToken cancellationToken)
    {
        long? limit = null;
        await admin.AskAsync(
            CyrusStep.Quota, $"GETQUOTAROOT {ImapText.Quote(mailbox)}", cancellationToken,
            words => limit = Of(words, mailbox)?.Limit ?? limit);
        return limit;
    }

    private static string Text(long? kib) => kib is null ? "none" : $"{kib} KiB";

    /// <summary>One mailbox that is being read.</summary>
    private sealed class Reading(AccountMailbox mailbox, string name)
    {
        private (long Used, long Limit)? _quota;
        private MailboxId? _id;

        public QuotaUsage? Usage { get; private set; }

        public IEnumerable<string> Questions => [MailboxIdentity.Question(name), $"GETQUOTAROOT {ImapText.Quote(name)}"];

        public void Hear(List<string> words)
        {
            _id = MailboxIdentity.Of(words) ?? _id;
            _quota = Of(words, name) ?? _quota;
        }

        public void End(string identity, string quota)
        {
            if (!MailboxIdentity.MeetingOf(identity, _id).IsThere || !CyrusCommands.IsOk(quota)) return;
            // The panel does not disclose the usage of another owner's mailbox.
            var isForeign = mailbox.Id is { } own && _id is { } met && own != met;
            Usage = isForeign ? new QuotaUsage(null, null) { IsForeign = true } : new QuotaUsage(_quota?.Used, _quota?.Limit);
        }
    }
}
