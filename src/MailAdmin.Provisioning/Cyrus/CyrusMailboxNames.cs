using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Tells which usernames already have a mailbox on the server, for a form that waits no longer than its budget.</summary>
internal sealed class CyrusMailboxNames(CyrusReader reader, CyrusConnections connections) : IMailboxNames
{
    // Longer than for a quota: if the answer comes too late, an admin has to decide about the mailbox afterwards.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    // In octets: a line has about sixty.
    private const long MaxList = 256L << 20;

    public Task<IReadOnlySet<Username>?> ExistingAsync(
        IReadOnlyCollection<Username> names, CancellationToken cancellationToken) => reader.TryAskAsync<IReadOnlySet<Username>>(
        async (session, token) =>
        {
            // A username that contains the separator has no mailbox of its own here; the worker reports it.
            var asked = names.Where(session.CanHave).ToList();
            var met = await MailboxIdentity.ReadAsync(session, asked, token);
            // Only a mailbox whose id the server tells counts as existing; the worker handles the doubtful ones. A server that refuses to
            // tell would otherwise make the form skip all numbers.
            return asked.Where((_, i) => met[i].Id is not null).ToHashSet();
        },
        Budget, cancellationToken);

    public async Task<IReadOnlyCollection<Username>?> ListAsync(Prefix prefix)
    {
        try
        {
            return await connections.UseAsync(session => ListAsync(session, prefix), CancellationToken.None);
        }
        catch (Exception e) when (e is CyrusUnavailableException or CyrusRefusedException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyCollection<Username>?> ListAsync(CyrusSession session, Prefix prefix)
    {
        var found = new List<Username>();
        var question = $"LIST \"\" {ImapText.Quote(session.UsersPrefix + prefix.Value + "%")}";
        var ends = await session.SendAsync(CyrusStep.Name, [question], Take, CancellationToken.None, MaxList);
        return CyrusCommands.IsOk(ends[0]) ? found : null;

        void Take(int command, string line)
        {
            if (ImapText.Words(line) is ["LIST", _, _, var name] && name.StartsWith(session.UsersPrefix, StringComparison.Ordinal)
                && Username.TryParse(name[session.UsersPrefix.Length..], out var username)) found.Add(username);
        }
    }
}
