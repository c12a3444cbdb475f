using MailAdmin.Core.Routing;
using MailAdmin.Core.Secrets;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>A map that does not exist yet.</summary>
/// <param name="Type">Postfix' name of the map's type.</param>
/// <param name="Text">Path of the text that postmap reads.</param>
/// <param name="File">Path of the compiled map.</param>
public sealed record MissingMap(string Type, string Text, string File);

/// <summary>
/// Creates maps without rows: while one is missing, Postfix answers 451 to all mail. They belong to the owner of their folder, whoever
/// creates them.
/// </summary>
public static class MissingMaps
{
    private const string TriggerSuffix = ".db";

    /// <summary>
    /// All maps that are missing. Only a new installation creates them: where there are domains already, an empty map would refuse their
    /// mail for good, and a missing one makes it wait.
    /// </summary>
    public static IReadOnlyList<MissingMap> Of(MapOptions options) =>
    [
        .. PostfixMaps.All.Select(m => Path.Combine(options.Folder, m.FileName())).Where(p => !File.Exists(p + ".lmdb"))
            .Select(p => new MissingMap("lmdb", p, p + ".lmdb")),
        .. TriggerOf(options),
    ];

    /// <summary>The reload trigger, which never has rows, if it is missing.</summary>
    public static IReadOnlyList<MissingMap> TriggerOf(MapOptions options) =>
        options.ReloadTrigger is { } file && file.EndsWith(TriggerSuffix, StringComparison.Ordinal) && !File.Exists(file)
            ? [new("hash", file[..^TriggerSuffix.Length], file)] : [];

    /// <exception cref="PostmapException">postmap failed, or can't be started; the message says why.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static async Task CreateAsync(MapOptions options, IReadOnlyList<MissingMap> maps, CancellationToken cancellationToken)
    {
        if (maps.Count == 0) return;
        foreach (var map in maps)
        {
            // Before the first start the folder does not exist.
            Directory.CreateDirectory(Path.GetDirectoryName(map.Text)!);
            if (!File.Exists(map.Text)) await File.WriteAllTextAsync(map.Text, "", cancellationToken);
            // postmap, started by root, becomes the owner of the text and creates the map as that user.
            FolderOwner.Give(map.Text);
        }
        await PostmapAsync(options, maps.Select(m => $"{m.Type}:{m.Text}"), cancellationToken);
    }

    private static async Task PostmapAsync(MapOptions options, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        try
        {
            (await CommandRunner.RunAsync(new(options.Postmap, [.. options.ConfigArguments, .. tables]), cancellationToken)).Succeeded();
        }
        catch (CommandException e)
        {
            throw new PostmapException(e.Message, e);
        }
    }
}
