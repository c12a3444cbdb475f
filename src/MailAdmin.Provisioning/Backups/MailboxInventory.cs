using MailAdmin.Core.Backups;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Drift;
using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Provisioning.Backups;

/// <summary>Reads which mailboxes Cyrus has, and who has rights in them. It only reads.</summary>
/// <param name="options">How Cyrus is reached.</param>
/// <param name="time">For its timeouts.</param>
public sealed class MailboxInventory(CyrusOptions options, TimeProvider time)
{
    // Commands that are pipelined at once, as the comparison does.
    private const int BatchSize = 250;

    /// <exception cref="ServerUnavailableException">Cyrus can't be asked.</exception>
    /// <exception cref="ServerRefusedException">The signed-in user is no administrator.</exception>
    public async Task<ServerMailboxes> ReadAsync(CancellationToken cancellationToken)
    {
        using var survey = await ImapSurvey.SignInAsync(options, time, cancellationToken);
        var folders = new List<(string User, string Folder)>();
        await survey.ListAsync((user, folder) => folders.Add((user, folder)), cancellationToken);
        var mailboxes = new Dictionary<string, ServerMailbox>(StringComparer.Ordinal);
        var holders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var names in folders.Where(f => f.Folder.Length == 0).Select(f => f.User).Chunk(BatchSize))
        {
            var answers = await survey.AskAsync(names, cancellationToken);
            for (var i = 0; i < names.Length; i++)
            {
                mailboxes[names[i]] = new(answers[i].Id, answers[i].LimitKiB);
                holders.UnionWith(answers[i].Others.Select(r => r.Identifier));
            }
        }
        foreach (var inner in folders.Where(f => f.Folder.Length > 0).Chunk(BatchSize * 2))
        {
            foreach (var rights in await survey.AskRightsAsync(inner, cancellationToken))
                holders.UnionWith(rights.Select(r => r.Identifier));
        }
        return new(mailboxes, holders);
    }
}
