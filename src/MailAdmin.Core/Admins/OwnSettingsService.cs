using MailAdmin.Core.Data;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>Settings that every admin may change for themselves, whatever their role; role and domains are not among them.</summary>
public sealed class OwnSettingsService(MailDatabase database, PasswordHasher hasher, PasswordHashQueue queue, SignInFailures failures)
{
    /// <summary>Problems carry the fields PageSize, QuotaWarning and TimeZone.</summary>
    public async Task<Result<Admin>> ChangeAsync(OwnSettings request, Actor actor, CancellationToken cancellationToken = default)
    {
        List<Problem> problems = [];
        if (request.PageSize is < Admin.MinPageSize or > Admin.MaxPageSize) problems.Add(AdminProblems.PageSizeRange);
        if (request.QuotaWarningPercent is < Admin.MinQuotaWarning or > Admin.MaxQuotaWarning)
            problems.Add(AdminProblems.QuotaWarningRange);
        if (request.TimeZone is { } zone && !HosterTime.IsZone(zone)) problems.Add(HosterProblems.TimeZoneUnknown(zone));
        if (problems.Count > 0) return problems;
        return await database.WriteAsync<Result<Admin>>(actor, async write =>
        {
            var admin = await OwnAsync(write);
            var before = new OwnSettings(admin.Language, admin.PageSize, admin.QuotaWarningPercent) { TimeZone = admin.TimeZone };
            (admin.Language, admin.PageSize, admin.QuotaWarningPercent, admin.TimeZone) = (
                request.Language, request.PageSize, request.QuotaWarningPercent, request.TimeZone);
            write.Record("admin.settings-changed", null, admin.UserName!, before, request);
            return admin;
        }, cancellationToken);
    }

    /// <summary>Checks the admin's present password. Problems carry the field Present.</summary>
    public async Task<Result> CheckPasswordAsync(string? present, Actor actor, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var hash = await context.Users.Where(a => a.Id == actor.AdminId).Select(a => a.PasswordHash)
            .SingleOrDefaultAsync(cancellationToken);
        return await IsRightAsync(hash, present, actor) ? Result.Done : AdminProblems.PresentPasswordWrong;
    }

    /// <summary>Changes their password; all their other sessions end. Problems carry the fields Present, Password, Confirmation.</summary>
    /// <param name="present">The present password, required because access to an open browser must not be enough.</param>
    /// <param name="session">Key hash of the current session, which is kept.</param>
    public async Task<Result<Admin>> ChangePasswordAsync(
        string? present, string? password, string? confirmation, string session, Actor actor, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var known = await context.Users.Where(a => a.Id == actor.AdminId).Select(a => new { a.UserName, a.PasswordHash })
            .SingleOrDefaultAsync(cancellationToken);
        List<Problem> problems = [];
        if (!await IsRightAsync(known?.PasswordHash, present, actor)) problems.Add(AdminProblems.PresentPasswordWrong);
        problems.AddRange(PasswordRules.Check(password, confirmation, [known?.UserName ?? ""]));
        if (problems.Count > 0) return problems;
        var hash = await queue.RunAsync(() => hasher.Hash(password!), CancellationToken.None);
        return await database.WriteAsync<Result<Admin>>(actor, async write =>
        {
            var admin = await OwnAsync(write);
            if (admin.PasswordHash != known!.PasswordHash) return AdminProblems.ChangedMeanwhile;
            (admin.PasswordHash, admin.SecurityStamp) = (hash, AdminRules.NewStamp());
            await AdminRules.EndSessionsAsync(write.Context, admin.Id, except: session);
            await write.Context.AdminSessions.Where(s => s.KeyHash == session && s.AdminId == admin.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.SecurityStamp, admin.SecurityStamp), cancellationToken);
            write.Record("admin.password-changed", null, admin.UserName!);
            return admin;
        }, cancellationToken);
    }

    // A wrong password counts as at sign-in, because somebody at an open browser may be guessing. An empty field is not an attempt.
    private async Task<bool> IsRightAsync(string? hash, string? present, Actor actor)
    {
        if (await queue.RunAsync(() => IsRight(hash, present), CancellationToken.None)) return true;
        if (hash is not null && !string.IsNullOrEmpty(present))
            await failures.PasswordWrongAsync(actor.AdminId!.Value, actor.RemoteAddress);
        return false;
    }

    private bool IsRight(string? hash, string? password)
    {
        var octets = System.Text.Encoding.UTF8.GetBytes(password ?? "");
        if (PasswordHash.TryParse(hash, out var known)) return hasher.Verify(octets, known);
        hasher.VerifyDummy(octets);
        return false;
    }

    private static async Task<Admin> OwnAsync(MailWrite write) =>
        await write.Context.Users.SingleOrDefaultAsync(a => a.Id == write.Actor.AdminId && a.IsActive)
        ?? throw new NotPermittedException($"{write.Actor.Name} is an admin no more.");
}
