using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks that every map exists, since Postfix defers all mail while one is missing, and that the maps follow the database. No domain may
/// have one of the host's own names, for which main.cf is responsible, and no destination may be an unknown address under them.
/// </summary>
internal sealed class MapsCheck(MapOptions maps, MapRepository repository, MailHostService host) : Check("Maps")
{
    private const int Named = 10;

    public override bool ReadsDatabase => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var files = PostfixMaps.All.Select(m => Path.Combine(maps.Folder, m.FileName() + ".lmdb"));
        if (maps.ReloadTrigger is { } sentinel) files = files.Append(sentinel);
        var missing = files.Where(f => !File.Exists(f)).Select(f => new Finding("MapMissing", f, null, f)).ToList();
        if (missing.Count > 0) return missing;
        var (known, problem) = await repository.FollowerAsync(maps.Host, cancellationToken);
        if (problem is not null) return [new("MapsFailed", maps.Folder, null, problem)];
        if (!known) return [new("MapsNotFollowed", null, null, maps.Host)];
        return
        [
            .. (await host.HostedNamesAsync(cancellationToken))
                .Select(name => new Finding("HostNameHosted", "Maps:Hostname, Maps:Origin", null, name.Display)),
            .. (await host.NobodiesAsync(cancellationToken)).Take(Named)
                .Select(address => new Finding("HostNameDestination", null, null, address.Display)),
        ];
    }
}
