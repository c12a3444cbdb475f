using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Imports;

/// <param name="Account">With its domain and its addresses.</param>
public sealed record GeneratedPassword(Account Account, string Password);

/// <param name="Account">With its domain and its addresses.</param>
public sealed record GeneratedLink(Account Account, MadePasswordLink Link);

/// <summary>
/// Hands over the passwords that an import generated, once: to be printed, or as links that show one password each. They are deleted as
/// they are handed over.
/// </summary>
public sealed class ImportPasswords(MailDatabase database, ImportSecrets secrets)
{
    /// <returns>The passwords in the order of the list; those that were changed meanwhile are left out.</returns>
    public Task<Result<List<GeneratedPassword>>> TakeAsync(long id, Actor actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync<Result<List<GeneratedPassword>>>(actor, async write =>
        {
            var taken = await TakeAsync(write, id);
            if (!taken.Succeeded) return taken.Problems.ToList();
            await RecordAsync(write, id, "import.passwords-shown", taken.Value.Count);
            return taken.Value;
        }, cancellationToken);

    /// <param name="id">The import.</param>
    /// <param name="hours">Lifetime of the links, one of <see cref="PasswordLinkService.Lifetimes"/>.</param>
    /// <param name="language">Language of their pages.</param>
    /// <param name="actor">The admin, who finds the links in their list.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Result<List<GeneratedLink>>> MakeLinksAsync(
        long id, int hours, string language, Actor actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync<Result<List<GeneratedLink>>>(actor, async write =>
        {
            if (!PasswordLinkService.Lifetimes.Contains(hours)) return PasswordLinkProblems.HoursUnknown;
            var taken = await TakeAsync(write, id);
            if (!taken.Succeeded) return taken.Problems.ToList();
            var links = new List<GeneratedLink>();
            foreach (var one in taken.Value)
                links.Add(new(one.Account, await PasswordLinkService.AddAsync(write, one.Account, one.Password, hours, language)));
            await RecordAsync(write, id, "import.links-made", links.Count);
            return links;
        }, cancellationToken);

    private async Task<Result<List<GeneratedPassword>>> TakeAsync(MailWrite write, long id)
    {
        if (await ImportService.OwnAsync(write.Context, id, write.Actor) is null) return ImportProblems.NotFound;
        var rows = await write.Context.ImportRows.Where(r => r.ImportId == id && r.Password != null).OrderBy(r => r.Line).ToListAsync();
        var accounts = await write.Context.Accounts.Include(a => a.Domain).Include(a => a.Addresses)
            .Where(a => write.Context.ImportRows.Any(r => r.ImportId == id && r.Password != null && r.AccountId == a.Id)
                && a.State != AccountState.Deleted).ToDictionaryAsync(a => a.Id);
        var taken = new List<GeneratedPassword>();
        foreach (var row in rows)
        {
            // A password that was changed since is nobody's any more.
            var isPresent = accounts.TryGetValue(row.AccountId ?? 0, out var account) && account.PasswordChangedAt == row.DoneAt;
            if (isPresent && secrets.OpenPassword(row.Password!, id, row.Number) is { } password)
            {
                write.Actor.Require(Permission.ResetPassword, account!.DomainId);
                taken.Add(new(account, password));
            }
            row.Password = null;
        }
        return taken;
    }

    private static async Task RecordAsync(MailWrite write, long id, string kind, int count)
    {
        var import = await write.Context.Imports.SingleAsync(i => i.Id == id);
        write.Record(
            kind, await ImportService.DomainAsync(write.Context, import), ImportService.SubjectOf(import), after: new { Accounts = count });
    }
}
