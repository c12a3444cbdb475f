using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.SecondFactors;

/// <summary>What was presented in addition to the password, and whether it was accepted.</summary>
public enum SecondStepOutcome
{
    Wrong,
    App,
    RecoveryCode,
}

/// <summary>Checks the second step of a sign-in. Each code is accepted once, even if it is sent several times concurrently.</summary>
public sealed class SecondStep(MailDatabase database, AuthenticatorSecrets secrets)
{
    /// <param name="code">A code of the app, or a recovery code.</param>
    /// <param name="takesApp">False after too many wrong codes: only recovery codes are checked.</param>
    public async Task<SecondStepOutcome> CheckAsync(Admin admin, string? code, string? remoteAddress, bool takesApp = true)
    {
        if (takesApp && await TakeAppCodeAsync(admin.Id, code)) return SecondStepOutcome.App;
        var actor = new Actor(admin.Id, admin.UserName!, admin.Role, remoteAddress, null);
        return await TakeRecoveryCodeAsync(admin, code, actor) ? SecondStepOutcome.RecoveryCode : SecondStepOutcome.Wrong;
    }

    /// <summary>Records that a passkey was used: its counter reveals a copy of it.</summary>
    /// <param name="passkey">The passkey as verified by Identity's handler.</param>
    public Task RecordPasskeyUseAsync(UserPasskeyInfo passkey) => database.ExecuteWithoutAuditAsync(async context =>
    {
        var known = await context.UserPasskeys.SingleOrDefaultAsync(p => p.CredentialId == passkey.CredentialId);
        if (known is null) return false;
        (known.Data.SignCount, known.Data.IsBackedUp, known.Data.IsUserVerified) = (
            passkey.SignCount, passkey.IsBackedUp, passkey.IsUserVerified);
        return true;
    });

    private async Task<bool> TakeAppCodeAsync(long adminId, string? code)
    {
        await using var context = database.Open();
        var sealedSecret = await context.AdminAuthenticators.Where(a => a.AdminId == adminId).Select(a => a.Secret).SingleOrDefaultAsync();
        if (sealedSecret is null || secrets.Unseal(sealedSecret, adminId) is not { } secret) return false;
        if (Totp.FindStep(secret, code, database.Now) is not { } step) return false;
        // The request that advances the step has used the code; a concurrent one finds the step advanced already.
        return await database.ExecuteWithoutAuditAsync(
            c => c.AdminAuthenticators.Where(a => a.AdminId == adminId && a.Secret == sealedSecret && a.LastStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastStep, step))) == 1;
    }

    private async Task<bool> TakeRecoveryCodeAsync(Admin admin, string? code, Actor actor)
    {
        var result = await database.WriteAsync<Result>(actor, async write =>
        {
            if (!await RecoveryCodes.TakeAsync(write.Context, admin.Id, code)) return SecondFactorProblems.CodeWrong;
            write.Record("admin.recovery-code-used", null, admin.UserName!);
            return Result.Done;
        });
        return result.Succeeded;
    }
}
