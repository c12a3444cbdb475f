using MailAdmin.Core.Data;
using MailAdmin.Core.Previews;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>Creates and revokes the tokens of admins. Only superusers do: a token acts as its admin without a password.</summary>
public sealed class AdminTokenService(MailDatabase database)
{
    /// <summary>The longest time that a token can be valid for.</summary>
    public const int MaxDays = 366;

    /// <summary>Problems carry the fields Name and Days.</summary>
    /// <param name="adminId">Whom the token acts as.</param>
    /// <param name="name">What it is for: 1 to 64 ASCII letters, digits and <c>. _ - @</c>, unique among the admin's tokens.</param>
    /// <param name="days">Days until it expires, 1 to <see cref="MaxDays"/>.</param>
    /// <param name="actor">A superuser, who entered their password again.</param>
    public PlannedChange<NewAdminToken> PlanCreation(long adminId, string? name, int days, Actor actor) =>
        new(database, actor, async write =>
        {
            await AdminRules.RequireSuperuserAsync(write);
            if (!AdminNames.IsWellFormed(name)) return AdminTokenProblems.NameMalformed;
            if (days is < 1 or > MaxDays) return AdminTokenProblems.DaysRange;
            if (AdminRules.CheckPassword(write) is { Count: > 0 } unproven) return unproven;
            var context = write.Context;
            if (await context.Users.SingleOrDefaultAsync(a => a.Id == adminId) is not { } admin) return AdminProblems.NotFound;
            if (await context.AdminTokens.AnyAsync(t => t.AdminId == adminId && t.Name == name)) return AdminTokenProblems.NameTaken(name);
            var (token, expiresAt) = (BearerToken.Create(), write.Now.AddDays(days));
            context.AdminTokens.Add(new()
            {
                AdminId = adminId,
                Name = name,
                Hash = BearerToken.HashOf(token),
                CreatedAt = write.Now,
                ExpiresAt = expiresAt,
            });
            write.Record("admin.token-created", null, admin.UserName!, after: new { Name = name, ExpiresAt = expiresAt });
            return new NewAdminToken(token, expiresAt);
        });

    /// <summary>The token is refused from the next request on.</summary>
    public PlannedChange<AdminToken> PlanRevocation(long adminId, string name, Actor actor) =>
        new(database, actor, async write =>
        {
            await AdminRules.RequireSuperuserAsync(write);
            var token = await write.Context.AdminTokens.Include(t => t.Admin).SingleOrDefaultAsync(
                t => t.AdminId == adminId && t.Name == name);
            if (token is null) return AdminTokenProblems.NotFound;
            write.Context.AdminTokens.Remove(token);
            write.Record("admin.token-revoked", null, token.Admin!.UserName!, before: new { token.Name });
            return token;
        });
}
