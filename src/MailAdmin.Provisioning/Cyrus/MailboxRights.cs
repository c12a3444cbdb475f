using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Rights that somebody other than the owner has in a folder (RFC 4314).</summary>
/// <param name="Folder">The name as users see it; empty for the mailbox itself.</param>
/// <param name="Identifier">Who has the rights: a username, <c>anyone</c>, <c>anonymous</c>.</param>
/// <param name="Rights">The letters of RFC 4314.</param>
public sealed record FolderRight(string Folder, string Identifier, string Rights);

/// <summary>The rights of others than the owner in a user's mailbox, folder by folder.</summary>
public sealed class MailboxRights
{
    private readonly CyrusConnections _connections;
    private readonly string _admin;

    internal MailboxRights(CyrusConnections connections, CyrusOptions options) => (_connections, _admin) = (connections, options.AdminUser);

    /// <exception cref="CyrusRefusedException">Cyrus said NO.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    internal async Task<IReadOnlyList<FolderRight>> ReadAsync(Username username, CancellationToken cancellationToken)
    {
        var rights = new List<FolderRight>();
        await _connections.UseAsync(
            async session => rights = [.. (await ReadAsync(session, username, cancellationToken)).SelectMany(f => f.Rights)],
            cancellationToken);
        return rights;
    }

    /// <summary>Removes all rights of the chosen identifiers in the mailbox and its folders.</summary>
    /// <param name="username">The owner of the mailbox.</param>
    /// <param name="choose">Gets the identifiers that have rights, and returns those that lose them.</param>
    /// <param name="cancellationToken">Stops the exchange.</param>
    /// <exception cref="CyrusRefusedException">Cyrus said NO.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked: any of the rights may be removed.</exception>
    internal Task TakeAwayAsync(
        Username username, Func<IReadOnlyCollection<string>, Task<IReadOnlyCollection<string>>> choose,
        CancellationToken cancellationToken) =>
        _connections.UseAsync(async session =>
        {
            var folders = await ReadAsync(session, username, cancellationToken);
            var losing = await choose([.. folders.SelectMany(f => f.Rights).Select(r => r.Identifier).Distinct(StringComparer.Ordinal)]);
            string[] commands =
                [.. from f in folders from r in f.Rights where losing.Contains(
                    r.Identifier, StringComparer.Ordinal) select $"DELETEACL {ImapText.Quote(f.Name)} {ImapText.Quote(r.Identifier)}"];
            var ends = await session.SendAsync(CyrusStep.Rights, commands, (_, _) => { }, cancellationToken);
            if (ends.FirstOrDefault(e => !e.StartsWith("OK", StringComparison.OrdinalIgnoreCase)) is { } refusal)
                throw new CyrusRefusedException(CyrusStep.Rights, refusal);
        }, cancellationToken);

    /// <summary>
    /// The rights in one ACL answer that are neither the owner's nor the administrator's. A denied right (<c>-name</c>) gives nobody
    /// access, and is left out.
    /// </summary>
    internal static IEnumerable<FolderRight> Others(string folder, string owner, string admin, IReadOnlyList<string> acl)
    {
        for (var i = 0; i + 1 < acl.Count; i += 2)
        {
            if (acl[i] != owner && acl[i] != admin && !acl[i].StartsWith('-') && acl[i + 1].Length > 0)
                yield return new(folder, acl[i], acl[i + 1]);
        }
    }

    private async Task<IReadOnlyList<(string Name, IReadOnlyList<FolderRight> Rights)>> ReadAsync(
        CyrusSession session, Username username, CancellationToken cancellationToken)
    {
        var root = session.UsersPrefix + username;
        var names = new List<string>();
        await session.SendAsync(
            CyrusStep.Rights, [$"LIST \"\" {ImapText.Quote(root)}", $"LIST \"\" {ImapText.Quote(root + session.UsersPrefix[^1] + "*")}"],
            (_, line) =>
        {
            if (ImapText.Words(line) is ["LIST", _, _, var name]) names.Add(name);
        }, cancellationToken);
        var rights = names.ConvertAll(_ => new List<FolderRight>());
        await session.SendAsync(CyrusStep.Rights, names.ConvertAll(n => $"GETACL {ImapText.Quote(n)}"), (at, line) =>
        {
            if (ImapText.Words(line) is ["ACL", _, .. var acl])
                rights[at].AddRange(
                    Others(ImapText.Decode(names[at][root.Length..].TrimStart(session.UsersPrefix[^1])), username.Value, _admin, acl));
        }, cancellationToken);
        return [.. names.Zip(rights, (name, found) => (name, (IReadOnlyList<FolderRight>)found))];
    }
}
