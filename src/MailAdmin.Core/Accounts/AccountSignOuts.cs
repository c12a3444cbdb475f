using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Adds the jobs that end the open sessions of many accounts, with a few statements.</summary>
internal static class AccountSignOuts
{
    public static async Task EnqueueForDomainAsync(MailWrite write, long domainId)
    {
        var accounts = write.Context.Accounts.Where(a => a.DomainId == domainId && a.State == AccountState.Active).Select(a => a.Id);
        var pending = write.Context.Jobs.Where(t => t.Kind == JobKind.SignOut && accounts.Contains(t.SubjectId));
        var renewed = await pending.Select(t => t.SubjectId).ToListAsync();
        await pending.ExecuteUpdateAsync(set => set.SetProperty(t => t.Revision, t => t.Revision + 1).SetProperty(t => t.DueAt, write.Now));
        write.EnqueueNew(JobKind.SignOut, (await accounts.ToListAsync()).Except(renewed));
    }
}
