using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>
/// The mail hosts that follow the maps. A host that is gone for good would be waited for forever: by every switch of a domain, and by the
/// rows of removed keys, which are kept until each host has passed them.
/// </summary>
public sealed class MailHostService(MailDatabase database, MailHostNames host)
{
    /// <summary>
    /// Domains and domain aliases that are names of the mail host itself. They can no longer be created; older versions allowed some.
    /// </summary>
    public async Task<IReadOnlyList<DomainName>> HostedNamesAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var own = host.Names.ToList();
        return await context.Domains.Where(d => own.Contains(d.Name)).Select(d => d.Name)
            .Concat(context.DomainAliases.Where(a => own.Contains(a.Name)).Select(a => a.Name)).ToListAsync(cancellationToken);
    }

    /// <summary>Destinations under the host's own names that do not exist there; they are left out of the maps.</summary>
    public async Task<IReadOnlyList<AddrSpec>> NobodiesAsync(CancellationToken cancellationToken)
    {
        var hosted = await HostedNamesAsync(cancellationToken);
        await using var context = database.Open();
        var own = host.Names.Except(hosted).ToList();
        var found = await context.Destinations.Where(d => own.Contains(d.ExternalDomain!)).Select(d => d.External!).Distinct()
            .ToListAsync(cancellationToken);
        return [.. found.Where(host.IsNobody)];
    }

    public async Task<bool> IsKnownAsync(string host, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.MapFollowers.AnyAsync(f => f.Host == host, cancellationToken);
    }

    /// <summary>
    /// Forgets a host: work that waited only for it is completed. If the host comes back it counts again, and gets its maps anew. The only
    /// host cannot be forgotten; that is the one problem.
    /// </summary>
    public Task<Result> ForgetAsync(
        string host, Actor actor, CancellationToken cancellationToken = default) => database.WriteAsync<Result>(actor, async write =>
    {
        actor.Require(Permission.EditDomains);
        var hosts = await write.Context.MapFollowers.ToListAsync(cancellationToken);
        if (hosts.SingleOrDefault(h => h.Host == host) is not { } gone) return Result.Done;
        if (hosts.Count == 1) return MailHostProblems.Only(host);
        write.Context.MapFollowers.Remove(gone);
        write.Record("host.forgotten", null, host);
        var switches = await write.Context.DomainSwitches.Include(s => s.Reports).Include(s => s.Domain).ToListAsync(cancellationToken);
        foreach (var present in switches) present.Reports.RemoveAll(r => r.Host == host);
        await write.Context.SaveChangesAsync(cancellationToken);
        foreach (var present in switches) await DomainSwitchRepository.EndIfClearAsync(write, present, default);
        return Result.Done;
    }, cancellationToken);
}

/// <summary>Reasons why a mail host cannot be forgotten.</summary>
public static class MailHostProblems
{
    public static Problem Only(string host) => new("MailHostOnly", null, host);
}
