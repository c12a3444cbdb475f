using MailAdmin.Core.Accounts;
using MailAdmin.Core.Outbox;
using MailKit;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>What a mailbox shall be like.</summary>
/// <param name="Username">Its owner; the mailbox has the owner's name.</param>
/// <param name="Quota">The limit of the whole hierarchy, or null for none.</param>
/// <param name="Folders">
/// Default folders, made and subscribed to where missing; none is ever taken away. A <c>/</c> in a name goes a level down, whatever the
/// server writes there.
/// </param>
internal sealed record MailboxSpec(Username Username, Quota? Quota, IReadOnlyList<string> Folders)
{
    /// <summary>Another mailbox of that name is not touched; null takes whichever is there.</summary>
    public MailboxId? Id { get; init; }

    /// <summary>It was in place before: should it be gone, it is not made a second time under the same identity.</summary>
    public bool IsReady { get; init; }

    public TakeOver TakeOver { get; init; }

    public AccountMailbox Mailbox => new(Username, Id);
}

/// <summary>Makes the mailboxes of Cyrus match a spec (RFC 3501, 4314, 2087). Twice is the same as once.</summary>
internal sealed class CyrusMailboxes(CyrusConnections connections, CyrusOptions options)
{
    /// <summary>
    /// The mailbox is there, its owner has all rights, the quota is set (and was read back), the folders are there and subscribed to.
    /// </summary>
    /// <returns>
    /// Which mailbox it is. A default folder that the server refuses is told with it: the mailbox takes mail all the same.
    /// </returns>
    /// <exception cref="ForeignMailboxException">Another mailbox has the name: nothing was done to it.</exception>
    /// <exception cref="MissingMailboxException">It was in place, and is gone: nothing was done.</exception>
    /// <exception cref="CyrusRefusedException">Cyrus said NO: what comes before that step is done.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: any part may be done.</exception>
    public Task<MailboxOutcome> EnsureAsync(MailboxSpec spec, CancellationToken cancellation) => connections.UseAsync(async admin =>
    {
        var mailbox = await admin.MailboxAsync(spec.Username, cancellation);
        var (id, isNew) = await EnsureItselfAsync(admin, spec, cancellation);
        // Cyrus gives the owner of a new mailbox all rights; only an older one has to be looked at.
        if (!isNew) await CyrusRights.EnsureOwnerAsync(admin, spec.Username, cancellation);
        if (spec.TakeOver.HasFlag(TakeOver.RemoveRights))
            await CyrusRights.RemoveForeignAsync(admin, spec.Username, options.AdminUser, cancellation);
        await CyrusQuotaRoot.EnsureAsync(admin, admin.NameOf(spec.Username), spec.Quota, cancellation);
        return new MailboxOutcome(
            spec.Id, id, spec.Folders.Count > 0 ? await EnsureFoldersAsync(admin, mailbox, spec, cancellation) : null);
    }, cancellation);

    /// <summary>The mailbox of that name is the account's, or there is none.</summary>
    /// <exception cref="ForeignMailboxException">Another one has its name.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    public Task CheckAsync(AccountMailbox mailbox, CancellationToken cancellation) =>
        connections.UseAsync(admin => MailboxIdentity.CheckAsync(admin, mailbox, cancellation), cancellation);

    /// <summary>
    /// Neither the mailbox nor any folder of it is there any more. What was not there is a success, and so is a mailbox of that name that
    /// is another one: it stays.
    /// </summary>
    /// <exception cref="CyrusRefusedException">Cyrus said NO: nothing is removed.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: it may be removed or not.</exception>
    public Task RemoveAsync(AccountMailbox mailbox, CancellationToken cancellation) => connections.UseAsync(async admin =>
    {
        if (!admin.CanHave(mailbox.Username)) return;
        var met = await MailboxIdentity.ReadAsync(admin, mailbox.Username, cancellation);
        if (!met.IsThere || (mailbox.Id is { } own && met.Id is { } other && own != other)) return;
        var name = ImapText.Quote(admin.NameOf(mailbox.Username));
        try
        {
            // Without a right of its own even an administrator may not delete. With it, DELETE takes the folders below along.
            await admin.AskAsync(CyrusStep.Remove, $"SETACL {name} {ImapText.Quote(options.AdminUser)} \"+x\"", cancellation);
            await admin.AskAsync(CyrusStep.Remove, $"DELETE {name}", cancellation);
        }
        catch (CyrusRefusedException refusal) when (CyrusCommands.IsAbsence(refusal.Words))
        {
        }
    }, cancellation);

    private static async Task<(MailboxId? Id, bool IsNew)> EnsureItselfAsync(
        CyrusSession admin, MailboxSpec spec, CancellationToken cancellation)
    {
        var met = await MailboxIdentity.ReadAsync(admin, spec.Username, cancellation);
        if (!met.IsThere)
        {
            if (spec.IsReady) throw new MissingMailboxException(spec.Username);
            await CyrusQuotaRoot.SetAheadAsync(admin, spec, cancellation);
            var ends = await admin.SendAsync(
                CyrusStep.Create, [MailboxIdentity.CreateCommand(admin.NameOf(spec.Username), spec.Id)], (_, _) => { }, cancellation);
            if (CyrusCommands.IsOk(ends[0])) return (MailboxIdentity.OfCreated(ends[0]) ?? spec.Id, true);
            // Another connection may have made it since.
            met = await MailboxIdentity.ReadAsync(admin, spec.Username, cancellation);
            if (!met.IsThere) throw new CyrusRefusedException(CyrusStep.Create, CyrusCommands.WordsOf(ends[0]));
        }
        MailboxIdentity.Check(spec.Mailbox, met);
        return (met.Id, false);
    }

    // Only the owner can subscribe. Such a session costs some 20 ms, also where nothing is missing: the price of finding what a cut run
    // left.
    private async Task<string?> EnsureFoldersAsync(
        CyrusSession admin, IMailFolder mailbox, MailboxSpec spec, CancellationToken cancellation)
    {
        using var owner = await connections.SignInAsAsync(spec.Username, cancellation);
        return await new CyrusFolders(admin, mailbox, owner).EnsureAsync(spec.Folders, cancellation);
    }
}
