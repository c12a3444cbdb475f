using MailAdmin.Core.Secrets;

namespace MailAdmin.Provisioning.Installation;

/// <summary>Writes files so that a reader sees either the old or the new content, whenever the machine stops.</summary>
public static class FileWriter
{
    // A name that no service reads: those of /etc/letsencrypt and of nginx read some folders whole.
    private const string Unfinished = ".mailadmin-new";

    /// <summary>Writes through links, as an editor does. Folders that are missing belong to root (0755).</summary>
    /// <exception cref="IOException">The disk is full, or the folder can't be written: the file is as it was.</exception>
    public static void Write(string path, byte[] content, UnixFileMode mode, FileOwnership owner) =>
        WriteTogether([(path, content, mode, owner)]);

    /// <summary>
    /// Writes files that only work together, such as a certificate and its key: none is replaced before all are on the disk.
    /// </summary>
    /// <exception cref="IOException">The disk is full, or a folder can't be written: all files are as they were.</exception>
    public static void WriteTogether(IReadOnlyList<(string Path, byte[] Content, UnixFileMode Mode, FileOwnership Owner)> files)
    {
        var targets = files.Select(f => TargetOf(f.Path)).ToList();
        try
        {
            foreach (var (file, target) in files.Zip(targets)) WriteNew(target + Unfinished, file.Content, file.Mode, file.Owner);
            foreach (var target in targets) File.Move(target + Unfinished, target, overwrite: true);
        }
        catch
        {
            foreach (var target in targets) File.Delete(target + Unfinished);
            throw;
        }
    }

    private static string TargetOf(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
    }

    private static void WriteNew(string path, byte[] content, UnixFileMode mode, FileOwnership owner)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        // Nobody else reads it before it has its owner.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = PrivateFiles.FileMode,
        };
        using var file = new FileStream(path, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
        if (FileOwnership.Of(path) != owner) owner.Give(path);
        File.SetUnixFileMode(path, mode);
    }
}
