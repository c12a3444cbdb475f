using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.SecondFactors;

/// <summary>New recovery codes, to be shown once; empty if the previous ones are still valid.</summary>
public sealed record RecoveryCodeList(IReadOnlyList<string> Codes);

/// <summary>
/// Sets up and removes second factors: an authenticator app, passkeys, and recovery codes for when both are lost. Each such change ends the
/// admin's other sessions. The page has to ask for the password before.
/// </summary>
public sealed class SecondFactorService(MailDatabase database, AuthenticatorSecrets secrets)
{
    public const int MaxPasskeyName = 60;

    /// <summary>
    /// Enables the app once one of its codes has been entered; a second app replaces the first. Returns recovery codes if there were none.
    /// </summary>
    /// <param name="proposal">The result of <see cref="AuthenticatorSecrets.Propose"/>.</param>
    /// <param name="session">Key hash of the current session, which is kept.</param>
    public Task<Result<RecoveryCodeList>> SetUpAppAsync(
        string? proposal, string? code, string session, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(session, actor, async (write, admin) =>
    {
        if (secrets.Read(proposal, admin.Id) is not { } secret) return SecondFactorProblems.SetUpStale;
        if (Totp.FindStep(secret, code, write.Now) is not { } step) return SecondFactorProblems.CodeWrong;
        await write.Context.AdminAuthenticators.Where(a => a.AdminId == admin.Id).ExecuteDeleteAsync(cancellationToken);
        write.Context.AdminAuthenticators.Add(
            new() { AdminId = admin.Id, Secret = secrets.Seal(secret, admin.Id), LastStep = step, CreatedAt = write.Now });
        write.Record("admin.app-set-up", null, admin.UserName!);
        return null;
    }, cancellationToken);

    public Task<Result<RecoveryCodeList>> RemoveAppAsync(
        string session, Actor actor, CancellationToken cancellationToken = default) => ChangeAsync(session, actor, async (write, admin) =>
    {
        if (await write.Context.AdminAuthenticators.Where(a => a.AdminId == admin.Id).ExecuteDeleteAsync(cancellationToken) > 0)
            write.Record("admin.app-removed", null, admin.UserName!);
        return null;
    }, cancellationToken);

    /// <summary>Problems carry the field Name.</summary>
    /// <param name="passkey">The passkey as verified by Identity's handler.</param>
    public Task<Result<RecoveryCodeList>> AddPasskeyAsync(
        UserPasskeyInfo passkey, string? name, string session, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(session, actor, async (write, admin) =>
    {
        var trimmed = (name ?? "").Trim();
        if (trimmed.Length is 0 or > MaxPasskeyName || trimmed.Any(char.IsControl)) return SecondFactorProblems.PasskeyNameMalformed;
        if (await write.Context.UserPasskeys.AnyAsync(p => p.CredentialId == passkey.CredentialId, cancellationToken))
            return SecondFactorProblems.PasskeyKnown;
        write.Context.UserPasskeys.Add(new() { UserId = admin.Id, CredentialId = passkey.CredentialId, Data = DataOf(passkey, trimmed) });
        write.Record("admin.passkey-added", null, admin.UserName!, after: new { Name = trimmed });
        return null;
    }, cancellationToken);

    /// <summary>Removing a passkey that does not exist is not an error.</summary>
    public Task<Result<RecoveryCodeList>> RemovePasskeyAsync(
        string? id, string session, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(session, actor, async (write, admin) =>
    {
        var credential = PasskeyIds.Read(id);
        if (await write.Context.UserPasskeys.SingleOrDefaultAsync(
            p => p.UserId == admin.Id && p.CredentialId == credential, cancellationToken) is not { } passkey) return null;
        write.Context.UserPasskeys.Remove(passkey);
        write.Record("admin.passkey-removed", null, admin.UserName!, before: new { passkey.Data.Name });
        return null;
    }, cancellationToken);

    /// <summary>Creates new recovery codes; the previous ones become invalid.</summary>
    public Task<Result<RecoveryCodeList>> RenewCodesAsync(Actor actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync<Result<RecoveryCodeList>>(actor, async write =>
    {
        var admin = await OwnAsync(write);
        // The last factor was removed in another window.
        if (!admin.TwoFactorEnabled) return SecondFactorProblems.SetUpStale;
        write.Record("admin.recovery-codes-renewed", null, admin.UserName!);
        return new RecoveryCodeList(await RecoveryCodes.RenewAsync(write.Context, admin.Id));
    }, cancellationToken);

    /// <summary>
    /// Removes all second factors of an admin who lost them: their password alone is enough until they set up a new one. Their sessions
    /// end. Problems carry the field Present.
    /// </summary>
    public Task<Result<Admin>> ResetAsync(
        long id, Actor actor, CancellationToken cancellationToken = default) => PlanReset(id, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="ResetAsync"/>
    public PlannedChange<Admin> PlanReset(long id, Actor actor) => new(database, actor, async write =>
    {
        await AdminRules.RequireSuperuserAsync(write);
        if (id == actor.AdminId) return SecondFactorProblems.Own;
        if (await write.Context.Users.FindAsync(id) is not { } admin) return AdminProblems.NotFound;
        if (AdminRules.CheckPassword(write) is { Count: > 0 } unproven) return unproven;
        var had = await write.Context.UserPasskeys.Where(p => p.UserId == id).ExecuteDeleteAsync()
            + await write.Context.AdminAuthenticators.Where(a => a.AdminId == id).ExecuteDeleteAsync();
        await RecoveryCodes.RemoveAsync(write.Context, id);
        await write.Context.AdminFailures.Where(f => f.AdminId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.LastCode, (DateTimeOffset?)null));
        (admin.TwoFactorEnabled, admin.SecurityStamp) = (false, AdminRules.NewStamp());
        await AdminRules.EndSessionsAsync(write.Context, id);
        write.Record("admin.second-factors-reset", null, admin.UserName!, before: new { Factors = had });
        return admin;
    });

    // Recovery codes are created with the first factor and removed with the last.
    private Task<Result<RecoveryCodeList>> ChangeAsync(
        string session, Actor actor, Func<MailWrite, Admin, Task<Problem?>> change, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<RecoveryCodeList>>(actor, async write =>
        {
            var admin = await OwnAsync(write);
            if (await change(write, admin) is { } problem) return problem;
            await write.Context.SaveChangesAsync(cancellationToken);
            var (had, has) = (admin.TwoFactorEnabled, await HasAnyAsync(write.Context, admin.Id));
            if (had && !has && await IsRequiredAsync(write.Context, admin.Role)) return SecondFactorProblems.LastOne;
            admin.TwoFactorEnabled = has;
            await AdminRules.EndSessionsAsync(write.Context, admin.Id, except: session);
            if (!has) await RecoveryCodes.RemoveAsync(write.Context, admin.Id);
            return new RecoveryCodeList(has && !had ? await RecoveryCodes.RenewAsync(write.Context, admin.Id) : []);
        }, cancellationToken);

    private static async Task<bool> HasAnyAsync(MailContext context, long id) =>
        await context.AdminAuthenticators.AnyAsync(a => a.AdminId == id) || await context.UserPasskeys.AnyAsync(p => p.UserId == id);

    private static async Task<bool> IsRequiredAsync(MailContext context, AdminRole role) =>
        (await context.Hosters.Select(h => h.SecondFactorRoles).SingleOrDefaultAsync()).Include(role);

    private static async Task<Admin> OwnAsync(MailWrite write) =>
        await write.Context.Users.SingleOrDefaultAsync(a => a.Id == write.Actor.AdminId && a.IsActive)
        ?? throw new NotPermittedException($"{write.Actor.Name} is an admin no more.");

    private static IdentityPasskeyData DataOf(UserPasskeyInfo passkey, string name) => new()
    {
        Name = name,
        PublicKey = passkey.PublicKey,
        CreatedAt = passkey.CreatedAt,
        SignCount = passkey.SignCount,
        Transports = passkey.Transports,
        IsUserVerified = passkey.IsUserVerified,
        IsBackupEligible = passkey.IsBackupEligible,
        IsBackedUp = passkey.IsBackedUp,
        AttestationObject = passkey.AttestationObject,
        ClientDataJson = passkey.ClientDataJson,
    };
}
