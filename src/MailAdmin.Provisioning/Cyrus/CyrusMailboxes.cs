using MailAdmin.Core.Accounts;
using MailKit;
using Microsoft.Extensions.Options;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>What a mailbox shall be like.</summary>
/// <param name="Username">Its owner; the mailbox has his name.</param>
/// <param name="Quota">The limit of the whole hierarchy, or null for none.</param>
/// <param name="Folders">
/// Default folders, made and subscribed to where missing; none is ever taken away. A <c>/</c> in a name goes a level down, whatever the
/// server writes there.
/// </param>
internal sealed record MailboxWish(Username Username, Quota? Quota, IReadOnlyList<string> Folders);

/// <summary>Makes the mailboxes of Cyrus match a wish (RFC 3501, 4314, 2087). Twice is the same as once.</summary>
internal sealed class CyrusMailboxes(CyrusConnections connections, IOptions<CyrusOptions> options)
{
    /// <summary>All that an owner may do in his own mailbox (RFC 4314), d and c being older names of parts of it.</summary>
    private static readonly AccessRights OwnerRights = new("lrswipkxtecdan");

    /// <summary>The mailbox is there, its owner has his rights, the quota is set (and was read back), the folders are there and subscribed to.</summary>
    /// <exception cref="CyrusRefusedException">Cyrus said NO: what comes before that step is done.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: any part may be done.</exception>
    public Task EnsureAsync(MailboxWish wish, CancellationToken cancellation) => connections.UseAsync(async admin =>
    {
        var mailbox = await admin.MailboxAsync(wish.Username, cancellation);
        await CyrusQuotaRoot.SetAheadAsync(admin, wish, cancellation);
        var refusal = await TryCreateAsync(admin, mailbox, cancellation);
        if (refusal is not null) await EnsureRightsAsync(admin, mailbox, wish.Username, refusal, cancellation);
        await CyrusQuotaRoot.EnsureAsync(admin, mailbox, wish.Quota, cancellation);
        if (wish.Folders.Count > 0) await EnsureFoldersAsync(admin, mailbox, wish, cancellation);
    }, cancellation);

    /// <summary>Neither the mailbox nor any folder of it is there any more. What was not there is a success.</summary>
    /// <exception cref="CyrusRefusedException">Cyrus said NO: nothing is removed.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: it may be removed or not.</exception>
    public Task RemoveAsync(Username username, CancellationToken cancellation) => connections.UseAsync(async admin =>
    {
        var mailbox = await admin.MailboxAsync(username, cancellation);
        try
        {
            // Without a right of his own even an administrator may not delete. With it, DELETE takes the folders below along.
            await admin.RunAsync(CyrusStep.Remove, token => mailbox.AddAccessRightsAsync(options.Value.AdminUser, new AccessRights("x"), token), cancellation);
            await admin.RunAsync(CyrusStep.Remove, token => mailbox.DeleteAsync(token), cancellation);
        }
        catch (CyrusRefusedException refusal) when (IsAbsence(refusal))
        {
        }
    }, cancellation);

    /// <summary>3.6 has no response code for it (RFC 5530 NONEXISTENT); the words are the same in every version.</summary>
    private static bool IsAbsence(CyrusRefusedException refusal) => refusal.Words.Contains("Mailbox does not exist", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when it was made; a refusal most often means that it is there, and the next step tells.</summary>
    private static async Task<CyrusRefusedException?> TryCreateAsync(CyrusSession admin, IMailFolder mailbox, CancellationToken cancellation)
    {
        try
        {
            await admin.RunAsync(CyrusStep.Create, token => mailbox.ParentFolder!.CreateAsync(mailbox.Name, isMessageFolder: true, token), cancellation);
            return null;
        }
        catch (CyrusRefusedException refusal)
        {
            return refusal;
        }
    }

    // Cyrus gives the owner of a new mailbox all rights; only an older one has to be looked at.
    private static async Task EnsureRightsAsync(CyrusSession admin, IMailFolder mailbox, Username owner, CyrusRefusedException refusal, CancellationToken cancellation)
    {
        AccessControlList rights;
        try
        {
            rights = await admin.RunAsync(CyrusStep.Rights, mailbox.GetAccessControlListAsync, cancellation);
        }
        catch (CyrusRefusedException absence) when (IsAbsence(absence))
        {
            throw refusal;
        }
        var his = rights.Where(entry => entry.Name == owner.Value).SelectMany(entry => entry.Rights);
        if (OwnerRights.Except(his).Any())
            await admin.RunAsync(CyrusStep.Rights, token => mailbox.AddAccessRightsAsync(owner.Value, OwnerRights, token), cancellation);
    }

    // Only the owner can subscribe. His session costs some 20 ms, also where nothing is missing: the price of finding what a cut run left.
    private async Task EnsureFoldersAsync(CyrusSession admin, IMailFolder mailbox, MailboxWish wish, CancellationToken cancellation)
    {
        using var owner = await connections.SignInAsAsync(wish.Username, cancellation);
        await new CyrusFolders(admin, mailbox, owner).EnsureAsync(wish.Folders, cancellation);
    }
}
