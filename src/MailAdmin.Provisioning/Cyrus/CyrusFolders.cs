using MailKit;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Default folders: made by the administrator (their rights don't depend on what the owner did to their own), subscribed to as the owner.
/// A folder with a known use is made by the owner, since the use is theirs. To subscribe is also the question whether a folder is there, so
/// nothing has to be listed, and what a cut run left undone is done.
/// </summary>
internal sealed class CyrusFolders(CyrusSession admin, IMailFolder mailbox, CyrusSession owner)
{
    /// <returns>
    /// The server's words about folders that it refuses, or null: a folder is no reason to keep a mailbox from taking mail.
    /// </returns>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    public async Task<string?> EnsureAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        List<string> refusals = [];
        foreach (var name in names)
        {
            try
            {
                await EnsureAsync(name, cancellation);
            }
            catch (CyrusRefusedException refusal)
            {
                refusals.Add($"{name}: {refusal.Words}");
            }
        }
        return refusals.Count == 0 ? null : string.Join("; ", refusals);
    }

    private async Task EnsureAsync(string name, CancellationToken cancellation)
    {
        var folder = await FolderAsync(owner, owner.Top, name, cancellation);
        if (await TrySubscribeAsync(folder, cancellation)) return;
        if (SpecialUses.Of(name) is not { } use || !await TryCreateAsync(folder, use, cancellation)) await CreateAsync(name, cancellation);
        await SubscribeAsync(folder, cancellation);
    }

    private static async Task<IMailFolder> FolderAsync(CyrusSession session, IMailFolder top, string name, CancellationToken cancellation)
    {
        foreach (var level in name.Split('/')) top = await session.SubfolderAsync(top, level, CyrusStep.Folders, cancellation);
        return top;
    }

    /// <summary>
    /// False where the server does not know of uses, another folder has this one, or the owner may not: then it is an ordinary folder.
    /// </summary>
    private async Task<bool> TryCreateAsync(IMailFolder folder, SpecialFolder use, CancellationToken cancellation)
    {
        try
        {
            await owner.RunAsync(CyrusStep.Folders, token => folder.ParentFolder!.CreateAsync(folder.Name, use, token), cancellation);
            return true;
        }
        catch (CyrusRefusedException)
        {
            return false;
        }
    }

    // The levels between, Cyrus makes by itself.
    private async Task CreateAsync(string name, CancellationToken cancellation)
    {
        var folder = await FolderAsync(admin, mailbox, name, cancellation);
        await admin.RunAsync(
            CyrusStep.Folders, token => folder.ParentFolder!.CreateAsync(folder.Name, isMessageFolder: true, token), cancellation);
    }

    private Task SubscribeAsync(IMailFolder folder, CancellationToken cancellation) =>
        owner.RunAsync(CyrusStep.Subscriptions, folder.SubscribeAsync, cancellation);

    /// <summary>False when it has to be made first: only what exists can be subscribed to.</summary>
    private async Task<bool> TrySubscribeAsync(IMailFolder folder, CancellationToken cancellation)
    {
        try
        {
            await SubscribeAsync(folder, cancellation);
            return true;
        }
        catch (CyrusRefusedException)
        {
            return false;
        }
    }
}
