using MailKit;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Default folders. The administrator makes them (the administrator's rights don't depend on what the owner did to their own rights), and
/// the owner's session subscribes to them. A folder with a special use is made by the owner, since the use belongs to the owner. SUBSCRIBE
/// also tells whether a folder exists, so nothing has to be listed, and a retry completes what an interrupted run left undone.
/// </summary>
internal sealed class CyrusFolders(CyrusSession admin, IMailFolder mailbox, CyrusSession owner)
{
    /// <returns>
    /// The server's words about the folders that it refuses, or null: a missing folder does not keep a mailbox from receiving mail.
    /// </returns>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    public async Task<string?> EnsureAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        List<string> refusals = [];
        foreach (var name in names)
        {
            try
            {
                await EnsureAsync(name, cancellationToken);
            }
            catch (CyrusRefusedException refusal)
            {
                refusals.Add($"{name}: {refusal.ResponseText}");
            }
        }
        return refusals.Count == 0 ? null : string.Join("; ", refusals);
    }

    private async Task EnsureAsync(string name, CancellationToken cancellationToken)
    {
        var folder = await FolderAsync(owner, owner.Top, name, cancellationToken);
        if (await TrySubscribeAsync(folder, cancellationToken)) return;
        if (SpecialUses.Of(name) is not { } use || !await TryCreateAsync(folder, use, cancellationToken))
            await CreateAsync(name, cancellationToken);
        await SubscribeAsync(folder, cancellationToken);
    }

    private static async Task<IMailFolder> FolderAsync(
        CyrusSession session, IMailFolder top, string name, CancellationToken cancellationToken)
    {
        foreach (var level in name.Split('/')) top = await session.SubfolderAsync(top, level, CyrusStep.Folders, cancellationToken);
        return top;
    }

    /// <summary>
    /// False if the server does not support special uses, another folder has this use, or the owner may not set it. The caller then makes
    /// an ordinary folder.
    /// </summary>
    private async Task<bool> TryCreateAsync(IMailFolder folder, SpecialFolder use, CancellationToken cancellationToken)
    {
        try
        {
            await owner.RunAsync(CyrusStep.Folders, token => folder.ParentFolder!.CreateAsync(folder.Name, use, token), cancellationToken);
            return true;
        }
        catch (CyrusRefusedException)
        {
            return false;
        }
    }

    // Cyrus creates the levels in between by itself.
    private async Task CreateAsync(string name, CancellationToken cancellationToken)
    {
        var folder = await FolderAsync(admin, mailbox, name, cancellationToken);
        await admin.RunAsync(
            CyrusStep.Folders, token => folder.ParentFolder!.CreateAsync(folder.Name, isMessageFolder: true, token), cancellationToken);
    }

    private Task SubscribeAsync(IMailFolder folder, CancellationToken cancellationToken) =>
        owner.RunAsync(CyrusStep.Subscriptions, folder.SubscribeAsync, cancellationToken);

    /// <summary>False if the folder has to be made first: only an existing folder can be subscribed to.</summary>
    private async Task<bool> TrySubscribeAsync(IMailFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            await SubscribeAsync(folder, cancellationToken);
            return true;
        }
        catch (CyrusRefusedException)
        {
            return false;
        }
    }
}
