using MailAdmin.Core.Accounts;
using MailKit.Net.Imap;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Makes several new mailboxes with pipelined commands, at the cost of what the server needs for them. It reports only the mailboxes whose
/// commands all took the usual course; the rest are left to <see cref="CyrusMailboxes"/>, which has the rules (decision 0024).
/// </summary>
internal sealed class BatchMailboxCreator(CyrusConnections connections)
{
    /// <returns>
    /// The owners whose mailbox matches its spec now except for the folders, with the mailbox's MAILBOXID: this call created the mailbox,
    /// so its owner has all rights, and its limit was read back. A mailbox that existed before is not touched. For the other owners any of
    /// the commands may have been carried out.
    /// </returns>
    /// <exception cref="CyrusRefusedException">The user who signs in is no administrator of Cyrus.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: any of the commands may have been carried out.</exception>
    public async Task<IReadOnlyDictionary<Username, MailboxId?>> CreateAsync(
        IReadOnlyList<MailboxSpec> specs, CancellationToken cancellationToken)
    {
        var made = new Dictionary<Username, MailboxId?>();
        await connections.UseAsync(async admin =>
        {
            var pending = await PendingMailboxesAsync(admin, specs, cancellationToken);
            var steps = pending.SelectMany(mailbox => mailbox.Commands.Select(command => (mailbox, command))).ToList();
            var ends = await admin.SendAsync(
                CyrusStep.Create, steps.ConvertAll(s => s.command), (i, line) => steps[i].mailbox.Hear(line), cancellationToken);
            for (var i = 0; i < ends.Count; i++) steps[i].mailbox.End(ends[i]);
            foreach (var mailbox in pending.Where(m => m.MatchesSpec)) made[mailbox.Spec.Username] = mailbox.Id;
        }, cancellationToken);
        return made;
    }

    // A username that has a mailbox already is handled alone: a limit set before CREATE would change that mailbox, whoever owns it.
    private static async Task<List<PendingMailbox>> PendingMailboxesAsync(
        CyrusSession admin, IReadOnlyList<MailboxSpec> specs, CancellationToken cancellationToken)
    {
        var possible = specs.Where(w => admin.CanHave(w.Username) && CyrusQuotaRoot.CanBe(w.Quota)).ToList();
        var met = await MailboxIdentity.ReadAsync(admin, possible.ConvertAll(w => w.Username), cancellationToken);
        return [.. possible.Where((_, i) => !met[i].IsThere).Select(w => new PendingMailbox(w, admin.NameOf(w.Username)))];
    }

    /// <summary>
    /// Adds the default folders to a mailbox that has none yet, and subscribes to them. It does so as the owner: only the owner can
    /// subscribe, and a folder's special use belongs to the owner. A successful SUBSCRIBE proves that the folder exists.
    /// </summary>
    /// <returns>True if all folders exist and are subscribed to; if false, some may be.</returns>
    /// <exception cref="CyrusRefusedException">The owner may not sign in.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: any of the commands may have been carried out.</exception>
    public async Task<bool> AddFoldersAsync(MailboxSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Folders.Count == 0) return true;
        using var owner = await connections.SignInAsAsync(spec.Username, cancellationToken);
        var names = spec.Folders.Select(owner.TryNameOf).ToList();
        if (names.Contains(null)) return false;
        var commands = spec.Folders.Zip(
            names, (folder, name) =>
            new[] { $"CREATE {ImapText.Quote(name!)}{SpecialUseOf(folder, owner)}", $"SUBSCRIBE {ImapText.Quote(name!)}" });
        var ends = await owner.SendAsync(CyrusStep.Folders, [.. commands.SelectMany(c => c)], (_, _) => { }, cancellationToken);
        return ends.Where((_, i) => i % 2 == 1).All(CyrusCommands.IsOk);
    }

    private static string SpecialUseOf(string folder, CyrusSession session) =>
        SpecialUses.Of(folder) is { } use && session.Capabilities.HasFlag(ImapCapabilities.CreateSpecialUse) ? $@" (USE (\{use}))" : "";

    /// <summary>One mailbox that is being made.</summary>
    private sealed class PendingMailbox(MailboxSpec spec, string name)
    {
        private bool _refused;
        private long? _limit;

        public MailboxSpec Spec => spec;

        /// <summary>The MAILBOXID that the server's answer to CREATE names; without one there, the requested MAILBOXID.</summary>
        public MailboxId? Id { get; private set; } = spec.Id;

        // Set the limit first: Cyrus then need not write the mailbox a second time, which saves a quarter of its time for both commands.
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
