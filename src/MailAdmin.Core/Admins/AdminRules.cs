using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>Rules for admins that are checked inside the transaction.</summary>
internal static class AdminRules
{
    /// <summary>A new security stamp: sessions and tokens of the old one end.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    // The most unknown domains that are reported by name.
    private const int UnknownNamed = 10;

    /// <exception cref="NotPermittedException">
    /// The actor is not a superuser, or was stopped or demoted since their request began.
    /// </exception>
    public static async Task RequireSuperuserAsync(MailWrite write)
    {
        var actor = write.Actor;
        actor.Require(Permission.RunPanel);
        if (actor.AdminId is not { } id || await Superusers(write.Context).AnyAsync(a => a.Id == id)) return;
        throw new NotPermittedException($"{actor.Name} is a superuser no more.");
    }

    /// <summary>
    /// Actions that could take over the panel or another admin's account require the password again, because access to an open browser must
    /// not be enough. The command line has no password to ask for.
    /// </summary>
    public static List<Problem> CheckPassword(MailWrite write) =>
        write.Actor.AdminId is null || Actor.IsFresh(write.Actor.PasswordAt, write.Now) ? [] : [AdminProblems.PresentPasswordWrong];

    public static async Task<bool> IsLastSuperuserAsync(MailContext context, Admin admin) =>
        admin is { Role: AdminRole.Superuser, IsActive: true } && !await Superusers(context).AnyAsync(a => a.Id != admin.Id);

    /// <summary>Ids of the admin's domains, none if they may see all; unknown domains are added to <paramref name="problems"/>.</summary>
    public static async Task<IReadOnlySet<long>> FindDomainsAsync(MailContext context, AdminRights rights, List<Problem> problems)
    {
        if (rights.IsForAll) return new HashSet<long>();
        var names = rights.Domains.ToList();
        var known = await context.Domains.Where(d => names.Contains(d.Name)).Select(d => new { d.Id, d.Name }).ToListAsync();
        var others = await context.DomainAliases.Where(a => names.Contains(a.Name)).Select(a => new { Id = a.DomainId, a.Name })
            .ToListAsync();
        var unknown = names.Except(known.Concat(others).Select(d => d.Name)).ToList();
        problems.AddRange(unknown.Take(UnknownNamed).Select(n => AdminProblems.DomainUnknown(n.Display)));
        if (unknown.Count > UnknownNamed) problems.Add(AdminProblems.MoreDomainsUnknown(unknown.Count - UnknownNamed));
        return known.Concat(others).Select(d => d.Id).ToHashSet();
    }

    /// <summary>The names for the audit, sorted.</summary>
    public static Task<List<DomainName>> NamesAsync(MailContext context, IEnumerable<long> domainIds)
    {
        var ids = domainIds.ToList();
        return context.Domains.Where(d => ids.Contains(d.Id)).OrderBy(d => d.SortName).Select(d => d.Name).ToListAsync();
    }

    /// <summary>Ends the admin's open sessions.</summary>
    /// <param name="except">Key hash of a session that is kept, or null.</param>
    public static Task EndSessionsAsync(MailContext context, long adminId, string? except = null) =>
        context.AdminSessions.Where(s => s.AdminId == adminId && s.KeyHash != except).ExecuteUpdateAsync(AdminSession.End);

    private static IQueryable<Admin> Superusers(MailContext context) =>
        context.Users.Where(a => a.Role == AdminRole.Superuser && a.IsActive);
}
