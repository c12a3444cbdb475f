using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Every map is there, since Postfix defers all mail while one is missing; and holds what the database says.</summary>
internal sealed class MapsCheck(MapOptions maps, MapRepository repository) : Check("Maps")
{
    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var files = PostfixMaps.All.Select(m => Path.Combine(maps.Folder, m.FileName() + ".lmdb"));
        if (maps.Generation is { } sentinel) files = files.Append(sentinel);
        var missing = files.Where(f => !File.Exists(f)).Select(f => new Finding("MapMissing", f, null, f)).ToList();
        if (missing.Count > 0) return missing;
        var (known, problem) = await repository.FollowerAsync(maps.Host, cancellationToken);
        return problem is null ? known ? [] : [new("MapsNotFollowed", null, null, maps.Host)] : [new("MapsFailed", maps.Folder, null, problem)];
    }
}
