using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Tells which names have a mailbox on the server already, for a form that waits no longer than its budget.</summary>
internal sealed class CyrusMailboxNames(CyrusReader reader, CyrusConnections connections) : IMailboxNames
{
    // Longer than for a quota: what is not known in time, somebody has to choose about afterwards.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    // Octets: a line has some sixty.
    private const long MaxList = 256L << 20;

    public Task<IReadOnlySet<Username>?> ExistingAsync(IReadOnlyCollection<Username> names) => reader.TryAskAsync<IReadOnlySet<Username>>(
        async (session, token) =>
        {
            // A name with the separator in it is no mailbox of its own here; the worker says so.
            var asked = names.Where(session.CanHave).ToList();
            var met = await MailboxIdentity.ReadAsync(session, asked, token);
            // What is not told for certain is left to the worker: a server that refuses to tell would have all numbers passed over.
            return asked.Where((_, i) => met[i].Id is not null).ToHashSet();
        },
        Budget, CancellationToken.None);

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
