using MailAdmin.Core.Data;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>Makes admins. Roles and domains come from a superuser alone.</summary>
public sealed class AdminService(MailDatabase database, PasswordHasher hasher, HashLane lane)
{
    /// <summary>Whether nobody can sign in yet: the first-run set-up is open then, and only then.</summary>
    public async Task<bool> NoneExistsAsync()
    {
        await using var context = database.Open();
        return !await context.Users.AnyAsync();
    }

    /// <summary>Makes the first superuser; refused once any admin exists. Problems carry the fields Name, Password, Confirmation.</summary>
    public async Task<Result<Admin>> CreateFirstAsync(string? name, string? password, string? confirmation, string? language, string? remoteAddress)
    {
        List<Problem> problems = [.. AdminNames.Check(name), .. PasswordRules.Check(password, confirmation, [name ?? ""])];
        if (problems.Count > 0) return problems;
        var hash = await lane.RunAsync(() => hasher.Hash(password!), CancellationToken.None);
        var actor = new Actor(null, name!.Trim(), AdminRole.Superuser, remoteAddress, null);
        return await database.WriteAsync<Result<Admin>>(actor, async write =>
        {
            if (await write.Context.Users.AnyAsync()) return AdminProblems.SetUpDone;
            var admin = New(name, hash, AdminRole.Superuser, write.Now);
            admin.Language = language;
            write.Context.Users.Add(admin);
            write.Record("admin.created", null, admin.UserName!, after: new { admin.Role });
            return admin;
        });
    }

    private static Admin New(string name, string hash, AdminRole role, DateTimeOffset now) => new()
    {
        UserName = name.Trim(),
        NormalizedUserName = AdminNames.Normalize(name),
        PasswordHash = hash,
        SecurityStamp = Guid.NewGuid().ToString("N"),
        Role = role,
        CreatedAt = now,
    };
}
