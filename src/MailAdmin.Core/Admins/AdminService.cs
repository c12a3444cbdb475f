using MailAdmin.Core.Data;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>
/// Creates, changes and deletes admins. Only superusers give roles and domains, and at least one superuser always remains.
/// </summary>
public sealed class AdminService(MailDatabase database, PasswordHasher hasher, PasswordHashQueue queue)
{
    /// <summary>Whether no admin exists yet: only then is the first-run set-up open.</summary>
    public async Task<bool> NoneExistsAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return !await context.Users.AnyAsync(cancellationToken);
    }

    /// <summary>
    /// Creates the first superuser; refused once any admin exists. Problems carry the fields Name, Password, Confirmation.
    /// </summary>
    public async Task<Result<Admin>> CreateFirstAsync(
        string? name, string? password, string? confirmation, string? language, string? remoteAddress,
        CancellationToken cancellationToken = default)
    {
        List<Problem> problems = [.. AdminNames.Check(name), .. PasswordRules.Check(password, confirmation, [name ?? ""])];
        if (problems.Count > 0) return problems;
        var hash = await HashAsync(password, cancellationToken);
        var actor = new Actor(null, name!.Trim(), AdminRole.Superuser, remoteAddress, null);
        return await database.WriteAsync<Result<Admin>>(actor, async write =>
        {
            if (await write.Context.Users.AnyAsync(cancellationToken)) return AdminProblems.SetUpDone;
            var admin = New(name, hash, AdminRole.Superuser, write.Now);
            admin.Language = language;
            write.Context.Users.Add(admin);
            write.Record("admin.created", null, admin.UserName!, after: new { admin.Role });
            return admin;
        }, cancellationToken);
    }

    /// <summary>
    /// Problems carry the fields Name, Password, Confirmation, Domains, and Present for a superuser; all problems are reported together.
    /// </summary>
    public async Task<Result<Admin>> CreateAsync(NewAdmin request, Actor actor, CancellationToken cancellationToken = default) =>
        await (await PlanCreationAsync(request, actor, cancellationToken)).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="CreateAsync"/>
    public async Task<PlannedChange<Admin>> PlanCreationAsync(NewAdmin request, Actor actor, CancellationToken cancellationToken = default)
    {
        List<Problem> problems = [.. AdminNames.Check(request.Name),
            .. PasswordRules.Check(request.Password, request.Confirmation, [request.Name ?? ""])];
        var hash = problems.Count == 0 ? await HashAsync(request.Password, cancellationToken) : "";
        return new(database, actor, async write =>
        {
            await AdminRules.RequireSuperuserAsync(write);
            var name = AdminNames.Normalize(request.Name ?? "");
            if (await write.Context.Users.AnyAsync(a => a.NormalizedUserName == name, cancellationToken))
                problems.Add(AdminProblems.NameTaken(request.Name!.Trim()));
            var domains = await AdminRules.FindDomainsAsync(write.Context, request.Rights, problems);
            if (request.Rights.Role == AdminRole.Superuser) problems.AddRange(AdminRules.CheckPassword(write));
            if (problems.Count > 0) return problems;
            var admin = New(request.Name!, hash, request.Rights.Role, write.Now);
            (admin.Language, admin.SeesAllDomains) = (request.Language, request.Rights.IsSupportOfAll);
            admin.Domains.AddRange(domains.Select(id => new AdminDomain { DomainId = id }));
            write.Context.Users.Add(admin);
            var given = await AdminRules.NamesAsync(write.Context, domains);
            write.Record(
                "admin.created", null, admin.UserName!,
                after: new { admin.Role, admin.SeesAllDomains, Domains = given.Select(d => d.Value) });
            return admin;
        });
    }

    /// <summary>
    /// Changes role, domains and state. They apply from the admin's next page on; if the admin is stopped, their sessions end. Problems
    /// carry the fields Rights, Domains, State, Present.
    /// </summary>
    /// <param name="stamp">The stamp of the admin that the page showed.</param>
    public Task<Result<Admin>> ChangeRightsAsync(
        long id, string? stamp, AdminRights rights, bool isActive, Actor actor, CancellationToken cancellationToken = default) =>
        PlanRights(id, stamp, rights, isActive, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="ChangeRightsAsync"/>
    public PlannedChange<Admin> PlanRights(long id, string? stamp, AdminRights rights, bool isActive, Actor actor) =>
        new(database, actor, async write =>
        {
            await AdminRules.RequireSuperuserAsync(write);
            if (await write.Context.Users.Include(a => a.Domains).SingleOrDefaultAsync(a => a.Id == id) is not { } admin)
                return AdminProblems.NotFound;
            if (admin.ConcurrencyStamp != stamp) return AdminProblems.ChangedMeanwhile;
            List<Problem> problems = [];
            var (isOwn, hasOtherRole) = (id == actor.AdminId, rights.Role != admin.Role);
            if (isOwn && hasOtherRole) problems.Add(AdminProblems.OwnRole);
            if (isOwn && !isActive) problems.Add(AdminProblems.OwnState);
            if (!isOwn && (hasOtherRole || !isActive) && await AdminRules.IsLastSuperuserAsync(write.Context, admin))
                problems.Add(AdminProblems.LastSuperuser);
            if (hasOtherRole && rights.Role == AdminRole.Superuser) problems.AddRange(AdminRules.CheckPassword(write));
            var domains = await AdminRules.FindDomainsAsync(write.Context, rights, problems);
            if (problems.Count > 0) return problems;
            await ApplyAsync(write, admin, rights, domains, isActive);
            return admin;
        });

    /// <summary>
    /// Sets a new password for another admin; their sessions end. Problems carry the fields Password, Confirmation and Present.
    /// </summary>
    public async Task<Result<Admin>> ChangePasswordAsync(
        long id, string? password, string? confirmation, Actor actor, CancellationToken cancellationToken = default) =>
        await (await PlanPasswordAsync(id, password, confirmation, actor, cancellationToken)).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="ChangePasswordAsync"/>
    public async Task<PlannedChange<Admin>> PlanPasswordAsync(
        long id, string? password, string? confirmation, Actor actor, CancellationToken cancellationToken = default)
    {
        var problems = await CheckPasswordAsync(id, password, confirmation, actor, cancellationToken);
        var hash = problems.Count == 0 ? await HashAsync(password, cancellationToken) : "";
        return new(database, actor, async write =>
        {
            if (problems.Count > 0) return problems;
            await AdminRules.RequireSuperuserAsync(write);
            if (await write.Context.Users.FindAsync([id], cancellationToken) is not { } admin) return AdminProblems.NotFound;
            if (AdminRules.CheckPassword(write) is { Count: > 0 } unproven) return unproven;
            (admin.PasswordHash, admin.SecurityStamp) = (hash, AdminRules.NewStamp());
            await AdminRules.EndSessionsAsync(write.Context, id);
            write.Record("admin.password-changed", null, admin.UserName!);
            return admin;
        });
    }

    /// <summary>Deletes an admin with their sessions and settings; the audit of what they did is kept.</summary>
    /// <param name="stamp">The stamp of the admin that the page showed.</param>
    public Task<Result<Admin>> DeleteAsync(long id, string? stamp, Actor actor, CancellationToken cancellationToken = default) =>
        PlanDeletion(id, stamp, actor).MakeAsync(cancellationToken);

    /// <inheritdoc cref="DeleteAsync"/>
    public PlannedChange<Admin> PlanDeletion(long id, string? stamp, Actor actor) =>
        new(database, actor, async write =>
        {
            await AdminRules.RequireSuperuserAsync(write);
            if (await write.Context.Users.Include(a => a.Domains).SingleOrDefaultAsync(a => a.Id == id) is not { } admin)
                return AdminProblems.NotFound;
            if (admin.ConcurrencyStamp != stamp) return AdminProblems.ChangedMeanwhile;
            if (await AdminRules.IsLastSuperuserAsync(write.Context, admin)) return AdminProblems.LastSuperuser;
            var domains = await AdminRules.NamesAsync(write.Context, admin.Domains.Select(d => d.DomainId));
            write.Record(
                "admin.deleted", null, admin.UserName!, new { admin.Role, admin.SeesAllDomains, Domains = domains.Select(d => d.Value) });
            write.Context.Users.Remove(admin);
            return admin;
        });

    private static async Task ApplyAsync(MailWrite write, Admin admin, AdminRights rights, IReadOnlySet<long> domains, bool isActive)
    {
        var before = new { admin.Role, admin.SeesAllDomains, admin.IsActive };
        var had = admin.Domains.Select(d => d.DomainId).ToHashSet();
        var given = await AdminRules.NamesAsync(write.Context, domains.Except(had));
        var taken = await AdminRules.NamesAsync(write.Context, had.Except(domains));
        (admin.Role, admin.SeesAllDomains, admin.IsActive, admin.ConcurrencyStamp) = (
            rights.Role, rights.IsSupportOfAll, isActive, AdminRules.NewStamp());
        admin.Domains.RemoveAll(d => !domains.Contains(d.DomainId));
        admin.Domains.AddRange(domains.Except(had).Select(id => new AdminDomain { DomainId = id }));
        if (!isActive) await AdminRules.EndSessionsAsync(write.Context, admin.Id);
        var after = new
        {
            admin.Role,
            admin.SeesAllDomains,
            admin.IsActive,
            Given = given.Select(d => d.Value),
            Taken = taken.Select(d => d.Value)
        };
        write.Record("admin.changed", null, admin.UserName!, before, after);
    }

    private async Task<List<Problem>> CheckPasswordAsync(
        long id, string? password, string? confirmation, Actor actor, CancellationToken cancellationToken)
    {
        if (id == actor.AdminId) return [AdminProblems.OwnPassword];
        await using var context = database.Open();
        var name = await context.Users.Where(a => a.Id == id).Select(a => a.UserName).SingleOrDefaultAsync(cancellationToken);
        return [.. PasswordRules.Check(password, confirmation, [name ?? ""])];
    }

    private Task<string> HashAsync(string? password, CancellationToken cancellationToken) =>
        queue.RunAsync(() => hasher.Hash(password!), cancellationToken);

    private static Admin New(string name, string hash, AdminRole role, DateTimeOffset now) => new()
    {
        UserName = name.Trim(),
        NormalizedUserName = AdminNames.Normalize(name),
        PasswordHash = hash,
        SecurityStamp = AdminRules.NewStamp(),
        Role = role,
        CreatedAt = now,
    };
}
