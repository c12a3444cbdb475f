using System.Security.Cryptography;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.PasswordLinks;

/// <summary>A link to be created.</summary>
/// <param name="Password">The account's current password.</param>
/// <param name="Hours">Its lifetime in hours, one of <see cref="PasswordLinkService.Lifetimes"/>.</param>
/// <param name="Language">Language of the page.</param>
public sealed record NewPasswordLink(long AccountId, string Password, int Hours, string Language);

/// <param name="Key">The key, which is not stored: only the caller has it.</param>
public sealed record MadePasswordLink(string Id, string Key, DateTimeOffset ExpiresAt);

/// <param name="Account">The account with its addresses.</param>
public sealed record ShownPassword(MailDomain Domain, Account Account, string Password);

public static class PasswordLinkProblems
{
    public static Problem NotFound { get; } = new("PasswordLinkNotFound");
    public static Problem Ended { get; } = new("PasswordLinkEnded");
    /// <summary>The settings do not contain the panel's URL.</summary>
    public static Problem AddressUnknown { get; } = new("PasswordLinkAddressUnknown");

    public static Problem KeyWrong { get; } = new("PasswordLinkKeyWrong", "Key");
    public static Problem HoursUnknown { get; } = new("PasswordLinkHoursUnknown", "Hours");

    /// <summary>The page was open for too long: the account has another password now.</summary>
    public static Problem PasswordChanged { get; } = new("PasswordLinkPasswordChanged");
}

/// <summary>Creates links that show a password once, shows it, and wipes it (docs/decisions/0017).</summary>
public sealed class PasswordLinkService(MailDatabase database, PasswordHasher hasher, PasswordHashQueue queue)
{
    private const int IdOctets = 10;

    /// <summary>Hours: one, a day, three days, a week.</summary>
    public static IReadOnlyList<int> Lifetimes { get; } = [1, 24, 72, 168];

    public async Task<Result<MadePasswordLink>> CreateAsync(NewPasswordLink request, Actor actor)
    {
        if (!Lifetimes.Contains(request.Hours)) return PasswordLinkProblems.HoursUnknown;
        await using var context = database.Open();
        var hash = await context.Accounts.Where(a => a.Id == request.AccountId && a.State != AccountState.Deleted)
            .Select(a => a.PasswordHash).SingleOrDefaultAsync();
        var isPresent = PasswordHash.TryParse(hash, out var known)
            && await queue.RunAsync(() => hasher.Verify(request.Password, known), CancellationToken.None);
        if (!isPresent) return PasswordLinkProblems.PasswordChanged;
        return await database.WriteAsync<Result<MadePasswordLink>>(actor, async write =>
        {
            var account = await write.Context.Accounts.Include(a => a.Domain).SingleOrDefaultAsync(a => a.Id == request.AccountId);
            if (account is null || account.PasswordHash != hash) return PasswordLinkProblems.PasswordChanged;
            return await AddAsync(write, account, request.Password, request.Hours, request.Language);
        });
    }

    /// <summary>Creates a link within a transaction, for a password that is known to be the account's.</summary>
    /// <param name="account">With its domain.</param>
    internal static async Task<MadePasswordLink> AddAsync(MailWrite write, Account account, string password, int hours, string language)
    {
        write.Actor.Require(Permission.ResetPassword, account.DomainId);
        // A second link for the same password would still work after the first one was opened.
        await EndAsync(write.Context.PasswordLinks.Where(l => l.AccountId == account.Id), PasswordLinkState.Replaced, write.Now);
        var made = new MadePasswordLink(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdOctets)), PasswordProtector.NewKey(), write.Now.AddHours(hours));
        write.Context.PasswordLinks.Add(new()
        {
            Id = made.Id,
            AccountId = account.Id,
            AdminId = write.Actor.AdminId ?? throw new NotPermittedException("Only an admin hands a password over."),
            CreatedAt = write.Now,
            ExpiresAt = made.ExpiresAt,
            Language = language,
            Sealed = PasswordProtector.Seal(password, made.Key, made.Id),
        });
        write.Record("password-link.created", account.Domain, account.Username.Value, after: new { made.ExpiresAt });
        return made;
    }

    /// <summary>
    /// Shows the password for the right key and wipes it: of concurrent requests only one gets it. A wrong key wipes nothing.
    /// </summary>
    public Task<Result<ShownPassword>> ShowAsync(string id, string? key, string? remoteAddress) =>
        database.WriteAsync<Result<ShownPassword>>(
            new Actor(null, Actor.PasswordLinkName, AdminRole.Support, remoteAddress, null), async write =>
        {
            var link = await write.Context.PasswordLinks.Include(l => l.Account!.Addresses).Include(l => l.Account!.Domain)
                .SingleOrDefaultAsync(l => l.Id == id);
            if (link is null) return PasswordLinkProblems.NotFound;
            if (link.Sealed is not { } sealedText || link.ExpiresAt <= write.Now || link.Account!.State != AccountState.Active)
                return PasswordLinkProblems.Ended;
            if (PasswordProtector.Open(sealedText, key, id) is not { } password) return PasswordLinkProblems.KeyWrong;
            (link.Sealed, link.State, link.EndedAt) = (null, PasswordLinkState.Shown, write.Now);
            write.Record("password-link.shown", link.Account.Domain, link.Account.Username.Value);
            return new ShownPassword(link.Account.Domain!, link.Account, password);
        });

    /// <summary>Withdraws one of the actor's own links; does nothing if it has ended or is another admin's.</summary>
    public Task<Result> WithdrawAsync(string? id, Actor actor) => database.WriteAsync<Result>(actor, async write =>
    {
        var link = await write.Context.PasswordLinks.Include(l => l.Account!.Domain)
            .SingleOrDefaultAsync(l => l.Id == id && l.AdminId == actor.AdminId && l.Sealed != null);
        if (link is null) return Result.Done;
        (link.Sealed, link.State, link.EndedAt) = (null, PasswordLinkState.Withdrawn, write.Now);
        write.Record("password-link.withdrawn", link.Account!.Domain, link.Account.Username.Value);
        return Result.Done;
    });

    /// <summary>Wipes links that nobody opened in time, and deletes links a month after they ended.</summary>
    /// <returns>The number of wiped links.</returns>
    public async Task<int> WipeExpiredAsync(CancellationToken cancellationToken)
    {
        var (now, forgotten) = (database.Now, database.Now.AddDays(-30));
        await using var context = database.Open();
        if (!await context.PasswordLinks.AnyAsync(
            l => (l.Sealed != null && l.ExpiresAt <= now) || l.ExpiresAt <= forgotten, cancellationToken)) return 0;
        return await database.ExecuteWithoutAuditAsync(async writing =>
        {
            await writing.PasswordLinks.Where(l => l.ExpiresAt <= forgotten).ExecuteDeleteAsync(cancellationToken);
            return await EndAsync(writing.PasswordLinks.Where(l => l.ExpiresAt <= now), PasswordLinkState.Expired, now);
        }, cancellationToken);
    }

    /// <summary>Ends the links of an account that was given another password, or was deleted.</summary>
    internal static Task<int> ReplaceAsync(MailWrite write, long accountId) =>
        EndAsync(write.Context.PasswordLinks.Where(l => l.AccountId == accountId), PasswordLinkState.Replaced, write.Now);

    private static Task<int> EndAsync(IQueryable<PasswordLink> links, PasswordLinkState state, DateTimeOffset now) =>
        links.Where(l => l.Sealed != null).ExecuteUpdateAsync(set => set
            .SetProperty(l => l.Sealed, (byte[]?)null).SetProperty(l => l.State, state).SetProperty(l => l.EndedAt, (DateTimeOffset?)now));
}
