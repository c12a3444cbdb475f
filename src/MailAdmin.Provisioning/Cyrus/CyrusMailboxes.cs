using MailAdmin.Core.Accounts;
using MailAdmin.Core.Outbox;
using MailKit;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>What a mailbox has to be like.</summary>
/// <param name="Username">Its owner; the mailbox has the owner's name.</param>
/// <param name="Quota">The limit of the mailbox and all its folders, or null for none.</param>
/// <param name="Folders">
/// Default folders, made and subscribed to where they are missing; no folder is ever removed. A <c>/</c> in a name separates levels,
/// whatever separator the server uses.
/// </param>
internal sealed record MailboxSpec(Username Username, Quota? Quota, IReadOnlyList<string> Folders)
{
    /// <summary>The MAILBOXID of the account's mailbox: another mailbox of that name is not touched. Null accepts any mailbox.</summary>
    public MailboxId? Id { get; init; }

    /// <summary>The mailbox was ready before: if it is gone, it is not made a second time under the same MAILBOXID.</summary>
    public bool IsReady { get; init; }

    public TakeOver TakeOver { get; init; }

    public AccountMailbox Mailbox => new(Username, Id);
}

/// <summary>Makes the mailboxes of Cyrus match a spec (RFC 3501, 4314, 2087). All operations are idempotent.</summary>
internal sealed class CyrusMailboxes(CyrusConnections connections, CyrusOptions options)
{
    /// <summary>
    /// Ensures that the mailbox exists, its owner has all rights, the quota is set (and read back), and the folders exist and are
    /// subscribed to.
    /// </summary>
    /// <returns>The mailbox's identity, and the default folders that the server refused: the mailbox receives mail all the same.</returns>
    /// <exception cref="ForeignMailboxException">Another mailbox has the name; nothing was done to it.</exception>
    /// <exception cref="MissingMailboxException">The mailbox was ready before and is gone; nothing was done.</exception>
    /// <exception cref="CyrusRefusedException">Cyrus said NO; the steps before that one are done.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: any of the steps may be done.</exception>
    public Task<MailboxOutcome> EnsureAsync(MailboxSpec spec, CancellationToken cancellationToken) => connections.UseAsync(async admin =>
    {
        var mailbox = await admin.MailboxAsync(spec.Username, cancellationToken);
        var (id, isNew) = await EnsureItselfAsync(admin, spec, cancellationToken);
        // Cyrus gives the owner of a new mailbox all rights; only those in an existing mailbox have to be checked.
        if (!isNew) await CyrusRights.EnsureOwnerAsync(admin, spec.Username, cancellationToken);
        if (spec.TakeOver.HasFlag(TakeOver.RemoveRights))
            await CyrusRights.RemoveForeignAsync(admin, spec.Username, options.AdminUser, cancellationToken);
        await CyrusQuotaRoot.EnsureAsync(admin, admin.NameOf(spec.Username), spec.Quota, cancellationToken);
        return new MailboxOutcome(
            spec.Id, id, spec.Folders.Count > 0 ? await EnsureFoldersAsync(admin, mailbox, spec, cancellationToken) : null);
    }, cancellationToken);

    /// <summary>Checks that the mailbox of that name is the account's, or that there is none.</summary>
    /// <exception cref="ForeignMailboxException">Another mailbox has the name.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    public Task CheckAsync(AccountMailbox mailbox, CancellationToken cancellationToken) =>
        connections.UseAsync(admin => MailboxIdentity.CheckAsync(admin, mailbox, cancellationToken), cancellationToken);

    /// <summary>
    /// Removes the mailbox with all its folders. It succeeds if the mailbox did not exist, and also if another mailbox has the name; that
    /// one stays.
    /// </summary>
    /// <exception cref="CyrusRefusedException">Cyrus said NO; nothing is removed.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: the mailbox may be removed or not.</exception>
    public Task RemoveAsync(AccountMailbox mailbox, CancellationToken cancellationToken) => connections.UseAsync(async admin =>
    {
        if (!admin.CanHave(mailbox.Username)) return;
        var met = await MailboxIdentity.ReadAsync(admin, mailbox.Username, cancellationToken);
        if (!met.IsThere || (mailbox.Id is { } own && met.Id is { } other && own != other)) return;
        var name = ImapText.Quote(admin.NameOf(mailbox.Username));
        try
        {
            // Even an administrator needs the right x to delete a mailbox. With it, DELETE removes the folders below as well.
            await admin.AskAsync(CyrusStep.Remove, $"SETACL {name} {ImapText.Quote(options.AdminUser)} \"+x\"", cancellationToken);
            await admin.AskAsync(CyrusStep.Remove, $"DELETE {name}", cancellationToken);
        }
        catch (CyrusRefusedException refusal) when (CyrusCommands.IsAbsence(refusal.ResponseText))
        {
        }
    }, cancellationToken);

    private static async Task<(MailboxId? Id, bool IsNew)> EnsureItselfAsync(
        CyrusSession admin, MailboxSpec spec, CancellationToken cancellationToken)
    {
        var met = await MailboxIdentity.ReadAsync(admin, spec.Username, cancellationToken);
        if (!met.IsThere)
        {
            if (spec.IsReady) throw new MissingMailboxException(spec.Username);
            await CyrusQuotaRoot.SetAheadAsync(admin, spec, cancellationToken);
            var ends = await admin.SendAsync(
                CyrusStep.Create, [MailboxIdentity.CreateCommand(admin.NameOf(spec.Username), spec.Id)], (_, _) => { }, cancellationToken);
            if (CyrusCommands.IsOk(ends[0])) return (MailboxIdentity.OfCreated(ends[0]) ?? spec.Id, true);
            // Another connection may have created the mailbox meanwhile.
            met = await MailboxIdentity.ReadAsync(admin, spec.Username, cancellationToken);
            if (!met.IsThere) throw new CyrusRefusedException(CyrusStep.Create, CyrusCommands.WordsOf(ends[0]));
        }
        MailboxIdentity.Check(spec.Mailbox, met);
        return (met.Id, false);
    }

    // Only the owner can subscribe. The owner's session costs about 20 ms even if nothing is missing; it is needed to find out what an
    // interrupted run left undone.
    private async Task<string?> EnsureFoldersAsync(
        CyrusSession admin, IMailFolder mailbox, MailboxSpec spec, CancellationToken cancellationToken)
    {
        using var owner = await connections.SignInAsAsync(spec.Username, cancellationToken);
        return await new CyrusFolders(admin, mailbox, owner).EnsureAsync(spec.Folders, cancellationToken);
    }
}
