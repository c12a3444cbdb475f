using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>The end of an account: its rows go, its username stays retired, its mailbox is wished away.</summary>
internal static class AccountRemoval
{
    public static async Task RetireAsync(MailWrite write, Account account, long storeId)
    {
        var context = write.Context;
        var retired = new RetiredUsername { Username = account.Username, StoreId = storeId, RetiredAt = write.Now };
        context.RetiredUsernames.Add(retired);
        context.Accounts.Remove(account);
        await context.OutboxTasks.Where(t => t.SubjectId == account.Id && t.Kind != OutboxKind.Removal).ExecuteDeleteAsync();
        await context.SaveChangesAsync();
        await write.WishAsync(OutboxKind.Removal, retired.Id);
    }
}
