using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Drift;

/// <summary>A mailbox on the server.</summary>
/// <param name="LimitKiB">The limit of its own quota root, or null if it has none.</param>
/// <param name="UsedKiB">Null if the usage is not counted.</param>
/// <param name="Rights">Its owner's rights, as letters.</param>
/// <param name="Others">Rights of others in the mailbox itself.</param>
/// <param name="Id">Its MAILBOXID, or null if the server does not tell it.</param>
internal sealed record SurveyedMailbox(long? LimitKiB, long? UsedKiB, string Rights, IReadOnlyList<FolderRight> Others, MailboxId? Id);

/// <summary>
/// Reads thousands of mailboxes on one connection. The commands are pipelined, without waiting for single answers, so that a comparison
/// takes no longer than the server's own reading. It only reads.
/// </summary>
internal sealed class ImapSurvey : IDisposable
{
    // Enough for a list of some millions of folders.
    private const long MaxList = 512L * 1024 * 1024;

    private static readonly Func<string, string> Quota = name => $"GETQUOTA {ImapText.Quote(name)}";
    private static readonly Func<string, string> Rights = name => $"GETACL {ImapText.Quote(name)}";

    private readonly CyrusSession _session;

    private readonly string _admin;

    private ImapSurvey(CyrusSession session, string admin) => (_session, _admin) = (session, admin);

    /// <exception cref="CyrusUnavailableException">The connection or the sign-in failed.</exception>
    public static async Task<ImapSurvey> SignInAsync(CyrusOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        new(await CyrusSession.SignInAsync(options, time, owner: null, cancellationToken), options.AdminUser);

    /// <summary>Lists every mailbox of every user with its folders, in the server's order.</summary>
    /// <param name="take">Gets the user's name and the folder's name, which is empty for the mailbox itself.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="CyrusRefusedException">The signed-in user is no administrator, and sees no other users' mailboxes.</exception>
    public Task ListAsync(Action<string, string> take, CancellationToken cancellationToken)
    {
        var under = _session.UsersPrefix;
        return _session.SendAsync(CyrusStep.Name, [$"LIST \"\" {ImapText.Quote(under + "*")}"], (_, line) =>
        {
            if (ImapText.Words(line) is not ["LIST", _, _, var name] || !name.StartsWith(under, StringComparison.Ordinal)) return;
            var parts = name[under.Length..].Split(under[^1], 2);
            take(parts[0], parts.Length > 1 ? ImapText.Decode(parts[1]) : "");
        }, cancellationToken, MaxList);
    }

    /// <summary>Reads id, quota and rights of each of these mailboxes; a mailbox that does not exist has no rights.</summary>
    public Task<IReadOnlyList<SurveyedMailbox>> AskAsync(IReadOnlyList<string> users, CancellationToken cancellationToken) =>
        AskAsync(users, [MailboxIdentity.Question, Quota, Rights], cancellationToken);

    /// <summary>Reads id and quota only.</summary>
    public Task<IReadOnlyList<SurveyedMailbox>> AskQuotaAsync(IReadOnlyList<string> users, CancellationToken cancellationToken) =>
        AskAsync(users, [MailboxIdentity.Question, Quota], cancellationToken);

    private async Task<IReadOnlyList<SurveyedMailbox>> AskAsync(
        IReadOnlyList<string> users, Func<string, string>[] questions, CancellationToken cancellationToken)
    {
        var found = Enumerable.Repeat(new SurveyedMailbox(null, null, "", [], null), users.Count).ToArray();
        await _session.SendAsync(
            CyrusStep.Quota, [.. users.SelectMany(u => questions.Select(q => q(_session.UsersPrefix + u)))], (question, line) =>
        {
            var at = question / questions.Length;
            var words = ImapText.Words(line);
            found[at] = words switch
            {
                ["METADATA", ..] => found[at] with { Id = MailboxIdentity.Of(words) },
                ["QUOTA", _, var limits] when ImapText.Storage(limits) is var (used, limit) =>
                    found[at] with { UsedKiB = used, LimitKiB = limit },
                ["ACL", _, .. var acl] =>
                    found[at] with
                    {
                        Rights = CyrusRights.Of(words)!.FirstOrDefault(r => r.Identifier == users[at])?.Rights
                    ?? "",
                        Others = [.. MailboxRights.Others("", users[at], _admin, acl)]
                    },
                _ => found[at],
            };
        }, cancellationToken);
        return found;
    }

    /// <summary>Reads the rights of others than owner and administrator in each of these folders.</summary>
    /// <param name="folders">The user's name and the folder's name.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<IReadOnlyList<FolderRight>>> AskRightsAsync(
        IReadOnlyList<(string User, string Folder)> folders, CancellationToken cancellationToken)
    {
        var found = folders.Select(_ => new List<FolderRight>()).ToArray();
        await _session.SendAsync(
            CyrusStep.Rights, [.. folders.Select(f => $"GETACL {ImapText.Quote(NameOf(f.User, f.Folder))}")], (at, line) =>
        {
            if (ImapText.Words(line) is ["ACL", _, .. var acl])
                found[at].AddRange(MailboxRights.Others(folders[at].Folder, folders[at].User, _admin, acl));
        }, cancellationToken);
        return found;
    }

    public void Dispose() => _session.Dispose();

    private string NameOf(string user, string folder) => _session.UsersPrefix + user + _session.UsersPrefix[^1] + ImapText.Encode(folder);
}
