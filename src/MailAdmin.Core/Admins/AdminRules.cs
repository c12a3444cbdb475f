using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>What has to hold of admins, asked inside the transaction.</summary>
internal static class AdminRules
{
    // A list of names that is all wrong is told by its first ones.
    private const int UnknownNamed = 10;

    /// <exception cref="NotPermittedException">The actor is no superuser, or was stopped or demoted since their request began.</exception>
    public static async Task RequireSuperuserAsync(MailWrite write)
    {
        var actor = write.Actor;
        actor.Require(Permission.RunPanel);
        if (actor.AdminId is not { } id || await Superusers(write.Context).AnyAsync(a => a.Id == id)) return;
        throw new NotPermittedException($"{actor.Name} is a superuser no more.");
    }

    /// <summary>
    /// What takes the panel over, or another admin, asks for the password again: an open browser alone must not be enough. The command line
    /// has no password to ask for.
    /// </summary>
    public static List<Problem> CheckPassword(MailWrite write) =>
        write.Actor.AdminId is null || Actor.IsFresh(write.Actor.PasswordAt, write.Now) ? [] : [AdminProblems.PresentPasswordWrong];

    public static async Task<bool> IsLastSuperuserAsync(MailContext context, Admin admin) =>
        admin is { Role: AdminRole.Superuser, IsActive: true } && !await Superusers(context).AnyAsync(a => a.Id != admin.Id);

    /// <summary>Ids of the domains to be given, none where they see all; what is unknown goes to <paramref name="problems"/>.</summary>
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

    /// <summary>For the record, in order.</summary>
    public static Task<List<DomainName>> NamesAsync(MailContext context, IEnumerable<long> domainIds)
    {
        var ids = domainIds.ToList();
        return context.Domains.Where(d => ids.Contains(d.Id)).OrderBy(d => d.SortName).Select(d => d.Name).ToListAsync();
    }

    /// <summary>Ends what is open in their name.</summary>
    /// <param name="except">Key hash of a session that stays, or null.</param>
    public static Task EndSessionsAsync(MailContext context, long adminId, string? except = null) =>
        context.AdminSessions.Where(s => s.AdminId == adminId && s.KeyHash != except).ExecuteUpdateAsync(AdminSession.End);

    private static IQueryable<Admin> Superusers(MailContext context) =>
        context.Users.Where(a => a.Role == AdminRole.Superuser && a.IsActive);
}
