using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Tells which names have a mailbox on the server already, for a form that waits no longer than its budget.</summary>
internal sealed class CyrusMailboxNames(CyrusReader reader) : IMailboxNames
{
    // Longer than for a quota: what is not known in time, somebody has to choose about afterwards.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

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
}
