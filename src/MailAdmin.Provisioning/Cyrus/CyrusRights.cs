using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Who may do what in a mailbox (RFC 4314).</summary>
/// <param name="Identifier">A username, <c>anyone</c> or a group; with a leading <c>-</c>, the rights are denied.</param>
public sealed record MailboxRight(string Identifier, string Rights)
{
    public override string ToString() => $"{Identifier} {Rights}";
}

/// <summary>Reads and grants the rights in mailboxes, as the administrator.</summary>
internal static class CyrusRights
{
    /// <summary>All rights of an owner in their mailbox. d and c are older names for some of the others.</summary>
    public const string Owner = "lrswipkxtecdan";

    /// <summary>
    /// Reads the rights in each of these mailboxes or folders, with one exchange; empty where the server refuses to tell.
    /// </summary>
    public static async Task<IReadOnlyList<IReadOnlyList<MailboxRight>>> ReadAsync(
        CyrusSession session, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var rights = Enumerable.Repeat<IReadOnlyList<MailboxRight>>([], names.Count).ToArray();
        await session.SendAsync(
            CyrusStep.Rights, [.. names.Select(n => $"GETACL {ImapText.Quote(n)}")], (i, line) =>
            rights[i] = Of(ImapText.Words(line)) ?? rights[i], cancellationToken);
        return rights;
    }

    /// <summary>The rights in an untagged ACL answer; null for another answer.</summary>
    public static IReadOnlyList<MailboxRight>? Of(List<string> words) =>
        words is ["ACL", _, .. var pairs] ? [.. pairs.Chunk(2).Where(p => p.Length == 2).Select(p => new MailboxRight(p[0], p[1]))] : null;

    /// <summary>Ensures that the owner has all rights.</summary>
    /// <exception cref="CyrusRefusedException">The server said no.</exception>
    public static async Task EnsureOwnerAsync(CyrusSession admin, Username owner, CancellationToken cancellationToken)
    {
        var name = ImapText.Quote(admin.NameOf(owner));
        IReadOnlyList<MailboxRight> rights = [];
        await admin.AskAsync(CyrusStep.Rights, $"GETACL {name}", cancellationToken, words => rights = Of(words) ?? rights);
        var own = rights.Where(r => r.Identifier == owner.Value).SelectMany(r => r.Rights);
        if (Owner.Except(own).Any())
            await admin.AskAsync(CyrusStep.Rights, $"SETACL {name} {ImapText.Quote(owner.Value)} \"+{Owner}\"", cancellationToken);
    }

    /// <summary>Ensures that only the owner and the administrator have rights in the mailbox and its folders.</summary>
    /// <exception cref="CyrusRefusedException">The server said no.</exception>
    public static async Task RemoveForeignAsync(CyrusSession admin, Username owner, string adminUser, CancellationToken cancellationToken)
    {
        var names = (await MailboxFolders.ListAsync(admin, owner, cancellationToken)).Select(f => f.FullName).ToList();
        var rights = await ReadAsync(admin, names, cancellationToken);
        foreach (var (name, right) in names.SelectMany((name, i) => rights[i].Select(right => (name, right))))
        {
            if (IsForeign(right, owner, adminUser))
                await admin.AskAsync(
                    CyrusStep.Rights, $"DELETEACL {ImapText.Quote(name)} {ImapText.Quote(right.Identifier)}", cancellationToken);
        }
    }

    public static bool IsForeign(MailboxRight right, Username owner, string adminUser) =>
        right.Identifier != owner.Value && right.Identifier != adminUser;
}
