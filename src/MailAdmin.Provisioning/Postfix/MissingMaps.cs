using MailAdmin.Core.Routing;
using MailAdmin.Core.Secrets;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Creates the maps that do not exist yet, without rows: while one is missing, Postfix answers 451 to all mail. They belong to the owner of
/// their folder, whoever creates them.
/// </summary>
public static class MissingMaps
{
    private const string TriggerSuffix = ".db";

    /// <summary>The compiled files that <see cref="CreateAsync"/> would create.</summary>
    public static IReadOnlyList<string> Of(MapOptions options) => [.. Missing(options).Select(m => m.Path + m.Suffix)];

    /// <exception cref="PostmapException">postmap failed; its own words say why.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static async Task CreateAsync(MapOptions options, CancellationToken cancellationToken)
    {
        var missing = Missing(options);
        if (missing.Count == 0) return;
        foreach (var (_, path, _) in missing)
        {
            // Before the first start the folder does not exist.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path)) await File.WriteAllTextAsync(path, "", cancellationToken);
            // postmap, started by root, becomes the owner of the text and creates the map as that user.
            FolderOwner.Give(path);
        }
        var tables = missing.Select(m => $"{m.Type}:{m.Path}");
        var result = await CommandRunner.RunAsync(new(options.Postmap, [.. options.ConfigArguments, .. tables]), cancellationToken);
        if (result.ExitCode != 0) throw new PostmapException(result.Message);
    }

    private static List<(string Type, string Path, string Suffix)> Missing(MapOptions options)
    {
        var maps = PostfixMaps.All.Select(m => (Type: "lmdb", Path: Path.Combine(options.Folder, m.FileName()), Suffix: ".lmdb"));
        if (options.ReloadTrigger is { } trigger && trigger.EndsWith(TriggerSuffix, StringComparison.Ordinal))
            maps = maps.Append((Type: "hash", Path: trigger[..^TriggerSuffix.Length], Suffix: TriggerSuffix));
        return [.. maps.Where(m => !File.Exists(m.Path + m.Suffix))];
    }
}
