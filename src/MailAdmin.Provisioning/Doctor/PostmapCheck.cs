using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that postmap exists, and supports the panel's map type and that of the reload trigger.</summary>
internal sealed class PostmapCheck(MapOptions maps) : Check("Postmap")
{
    private static readonly string[] Kinds = ["lmdb", "hash"];

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(maps.Postmap)) return [new("PostmapMissing", "Maps:Postmap", null, maps.Postmap)];
        var known = await maps.PostconfAsync(["-m"], cancellationToken);
        if (known.ExitCode != 0) return [new("PostconfFailed", PostfixTools.FolderOf(maps), null, known.Error)];
        var missing = Kinds.Except(known.Output.Split('\n', StringSplitOptions.TrimEntries), StringComparer.Ordinal).ToList();
        return [.. missing.Select(kind => new Finding("MapTypeMissing", null, $"apt-get install postfix-{kind}", kind))];
    }
}
