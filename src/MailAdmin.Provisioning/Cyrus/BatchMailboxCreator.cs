using MailAdmin.Core.Accounts;
using MailKit.Net.Imap;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Makes several new mailboxes at once, at what it costs the server: all commands for all of them are on their way together. It vouches
/// only for what went as it most often goes; the rest is for <see cref="CyrusMailboxes"/>, where the rules are (decision 0024).
/// </summary>
internal sealed class BatchMailboxCreator(CyrusConnections connections)
{
    /// <returns>
    /// The owners whose mailbox is as asked for now, but for its folders, with what identifies it: made by this call, hence with all rights
    /// for the owner, and its limit was read back. What was there before is not touched. Of the others anything may be done.
    /// </returns>
    /// <exception cref="CyrusRefusedException">Who signs in is no administrator.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: any of it may be done.</exception>
    public async Task<IReadOnlyDictionary<Username, MailboxId?>> CreateAsync(
        IReadOnlyList<MailboxSpec> specs, CancellationToken cancellation)
    {
        var made = new Dictionary<Username, MailboxId?>();
        await connections.UseAsync(async admin =>
        {
            var pending = await PendingMailboxesAsync(admin, specs, cancellation);
            var steps = pending.SelectMany(mailbox => mailbox.Commands.Select(command => (mailbox, command))).ToList();
            var ends = await admin.SendAsync(
                CyrusStep.Create, steps.ConvertAll(s => s.command), (i, line) => steps[i].mailbox.Hear(line), cancellation);
            for (var i = 0; i < ends.Count; i++) steps[i].mailbox.End(ends[i]);
            foreach (var mailbox in pending.Where(m => m.MatchesSpec)) made[mailbox.Spec.Username] = mailbox.Id;
        }, cancellation);
        return made;
    }

    // Whose name has a mailbox already is looked at alone: a limit sent ahead would change that mailbox's, whosever it is.
    private static async Task<List<PendingMailbox>> PendingMailboxesAsync(
        CyrusSession admin, IReadOnlyList<MailboxSpec> specs, CancellationToken cancellation)
    {
        var possible = specs.Where(w => admin.CanHave(w.Username) && CyrusQuotaRoot.CanBe(w.Quota)).ToList();
        var met = await MailboxIdentity.ReadAsync(admin, possible.ConvertAll(w => w.Username), cancellation);
        return [.. possible.Where((_, i) => !met[i].IsThere).Select(w => new PendingMailbox(w, admin.NameOf(w.Username)))];
    }

    /// <summary>
    /// Adds the default folders to a mailbox that has none yet, and subscribes to them, as its owner: only they can subscribe, and what a
    /// folder is for is theirs. To have subscribed is the proof that it is there.
    /// </summary>
    /// <returns>Whether all are there and subscribed to; if not, some may be.</returns>
    /// <exception cref="CyrusRefusedException">The owner may not sign in.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: any of it may be done.</exception>
    public async Task<bool> AddFoldersAsync(MailboxSpec spec, CancellationToken cancellation)
    {
        if (spec.Folders.Count == 0) return true;
        using var owner = await connections.SignInAsAsync(spec.Username, cancellation);
        var names = spec.Folders.Select(owner.TryNameOf).ToList();
        if (names.Contains(null)) return false;
        var commands = spec.Folders.Zip(
            names, (folder, name) =>
            new[] { $"CREATE {ImapText.Quote(name!)}{SpecialUseOf(folder, owner)}", $"SUBSCRIBE {ImapText.Quote(name!)}" });
        var ends = await owner.SendAsync(CyrusStep.Folders, [.. commands.SelectMany(c => c)], (_, _) => { }, cancellation);
        return ends.Where((_, i) => i % 2 == 1).All(CyrusCommands.IsOk);
    }

    private static string SpecialUseOf(string folder, CyrusSession session) =>
        SpecialUses.Of(folder) is { } use && session.Capabilities.HasFlag(ImapCapabilities.CreateSpecialUse) ? $@" (USE (\{use}))" : "";

    /// <summary>One mailbox being made.</summary>
    private sealed class PendingMailbox(MailboxSpec spec, string name)
    {
        private bool _refused;
        private long? _limit;

        public MailboxSpec Spec => spec;

        /// <summary>As the server told it with CREATE: the one that was asked for, unless it chooses itself.</summary>
        public MailboxId? Id { get; private set; } = spec.Id;

        // The limit first: the mailbox then need not be written a second time, which spares a quarter of the server's time for both.
        public IEnumerable<string> Commands =>
            new[] { CyrusQuotaRoot.CommandAhead(spec, name), MailboxIdentity.CreateCommand(name, spec.Id),
                $"GETQUOTAROOT {ImapText.Quote(name)}" }.OfType<string>();

        public bool MatchesSpec => !_refused && _limit == spec.Quota?.KiB;

        public void Hear(string line)
        {
            _limit = CyrusQuotaRoot.Of(ImapText.Words(line), name)?.Limit ?? _limit;
        }

        public void End(string words)
        {
            _refused |= !CyrusCommands.IsOk(words);
            Id = MailboxIdentity.OfCreated(words) ?? Id;
        }
    }
}
