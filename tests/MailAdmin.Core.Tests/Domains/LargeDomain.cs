using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Domains;

internal static class LargeDomain
{
    /// <summary>Adds accounts with one address each, u1 and so on, as if their mailboxes were in place.</summary>
    public static Task FillAsync(CoreFixture core, MailDomain domain, int accounts) => core.Database.WriteAsync(Actor.Panel, async write =>
    {
        for (var n = 1; n <= accounts; n++)
        {
            var account = new Account
            {
                DomainId = domain.Id,
                Username = Username.Numbered(domain.Prefix, n),
                PasswordHash = "none",
                CreatedAt = write.Now,
                MailboxReady = true,
            };
            account.Addresses.Add(
                new MailAddress { DomainId = domain.Id, LocalPart = LocalPart.Parse($"u{n}"), IsPrimary = true, CreatedAt = write.Now });
            write.Context.Accounts.Add(account);
        }
        await write.Context.Domains.Where(d => d.Id == domain.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.AccountCount, accounts));
    });

    /// <summary>Runs the jobs of a kind as the worker does, until there are none, and looks at the state after each step.</summary>
    public static async Task WorkAsync(CoreFixture core, JobKind kind, Func<long, Task> step, Func<Task> look)
    {
        var (outbox, token) = (core.Get<OutboxRepository>(), TestContext.Current.CancellationToken);
        while ((await outbox.ClaimAsync("worker", 10_000, TimeSpan.FromMinutes(1), token)).SingleOrDefault(t => t.Kind == kind) is { } job)
        {
            await step(job.SubjectId);
            await outbox.RecordAsync([new JobOutcome(job)], token);
            await look();
        }
    }
}
