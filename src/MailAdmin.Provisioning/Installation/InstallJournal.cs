using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MailAdmin.Core.Secrets;

namespace MailAdmin.Provisioning.Installation;

/// <summary>
/// What one run of <c>mailadmin install</c> found before it changed something: copies of the files, and a manifest, in a folder that only
/// root may enter. With it the run is taken back, also one that was killed midway.
/// </summary>
public sealed class InstallJournal
{
    /// <summary>Not below /var/lib/mailadmin: the panel's user could exchange what root puts back into /etc.</summary>
    public const string Folder = "/var/backups/mailadmin";

    private const string ManifestName = "manifest.json";
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private readonly SystemRoot _root;
    private InstallManifest _manifest;

    private InstallJournal(SystemRoot root, string path, InstallManifest manifest) => (_root, Path, _manifest) = (root, path, manifest);

    /// <summary>The folder of this run, for this process.</summary>
    public string Path { get; }

    public InstallState State => _manifest.State;

    /// <summary>Files that the run changes or creates.</summary>
    public IReadOnlyList<KeptFile> Files => _manifest.Files;

    /// <summary>Groups that the user was added to.</summary>
    public IReadOnlyList<Membership> Memberships => _manifest.Memberships;

    /// <summary>Keeps these files, before any of them is changed.</summary>
    /// <exception cref="IOException">There is no room, or the folder can't be written; nothing was changed.</exception>
    public static InstallJournal Begin(
        SystemRoot root, IEnumerable<string> paths, IEnumerable<Membership> memberships, DateTimeOffset now)
    {
        var folder = System.IO.Path.Combine(root.Of(Folder), now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(root.Of(Folder), FileChange.Executable);
        Directory.CreateDirectory(folder, PrivateFiles.FolderMode);
        var files = paths.Distinct(StringComparer.Ordinal).Select(p => KeptFile.Of(p, root, folder)).ToList();
        var missing = files.SelectMany(f => MissingFolders(root, f.Path)).Distinct(StringComparer.Ordinal).ToList();
        var journal = new InstallJournal(root, folder, new(InstallState.Begun, now, files, [.. memberships]) { Folders = missing });
        journal.Save();
        return journal;
    }

    /// <summary>The run that is taken back next: the latest that was not taken back yet; null if there is none.</summary>
    public static InstallJournal? Latest(SystemRoot root) =>
        All(root).FirstOrDefault(j => j.State != InstallState.RolledBack);

    /// <summary>The latest run, if it was killed midway.</summary>
    public static InstallJournal? Interrupted(SystemRoot root) => Latest(root) is { State: InstallState.Begun } journal ? journal : null;

    /// <summary>The run has done all it had to do.</summary>
    public void Complete() => Become(InstallState.Complete);

    /// <summary>
    /// Puts every file back as it was, byte for byte, with mode and owner, and removes the folders of the run that are empty then.
    /// </summary>
    /// <exception cref="IOException">A file could not be put back; it can be tried again.</exception>
    public void RollBack()
    {
        foreach (var file in _manifest.Files.Reverse()) file.PutBack(_root, Path);
        // The innermost first.
        foreach (var folder in _manifest.Folders.OrderByDescending(f => f.Length).Select(_root.Of))
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        Become(InstallState.RolledBack);
    }

    private static IEnumerable<string> MissingFolders(SystemRoot root, string file)
    {
        for (var folder = System.IO.Path.GetDirectoryName(file); folder is { Length: > 1 } && !Directory.Exists(root.Of(folder));
            folder = System.IO.Path.GetDirectoryName(folder))
            yield return folder;
    }

    // The name begins with the time.
    private static IEnumerable<InstallJournal> All(SystemRoot root) => !Directory.Exists(root.Of(Folder)) ? [] :
        from folder in Directory.EnumerateDirectories(root.Of(Folder)).OrderDescending(StringComparer.Ordinal)
        let manifest = System.IO.Path.Combine(folder, ManifestName)
        where File.Exists(manifest)
        select new InstallJournal(root, folder, JsonSerializer.Deserialize<InstallManifest>(File.ReadAllText(manifest))!);

    private void Become(InstallState state)
    {
        _manifest = _manifest with { State = state };
        Save();
    }

    private void Save() => FileWriter.Write(
        System.IO.Path.Combine(Path, ManifestName), JsonSerializer.SerializeToUtf8Bytes(_manifest, Readable), PrivateFiles.FileMode,
        FileOwnership.Of(Path));
}

/// <summary>A user who was added to a group.</summary>
public sealed record Membership(string User, string Group);

/// <summary>The manifest of an <see cref="InstallJournal"/>.</summary>
public sealed record InstallManifest(
    InstallState State, DateTimeOffset Began, IReadOnlyList<KeptFile> Files, IReadOnlyList<Membership> Memberships)
{
    /// <summary>Folders that did not exist, in which the run writes files.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];
}

[JsonConverter(typeof(JsonStringEnumConverter<InstallState>))]
public enum InstallState
{
    /// <summary>Files are being written; a run that is found in this state was killed.</summary>
    Begun,
    Complete,
    RolledBack,
}
