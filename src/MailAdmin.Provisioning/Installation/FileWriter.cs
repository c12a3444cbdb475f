using MailAdmin.Core.Secrets;

namespace MailAdmin.Provisioning.Installation;

/// <summary>Writes files so that a reader sees either the old or the new content, whenever the machine stops.</summary>
public static class FileWriter
{
    // A name that no service reads: those of /etc/letsencrypt and of nginx read some folders whole.
    private const string Unfinished = ".mailadmin-new";

    /// <summary>Writes through links, as an editor does. Folders that are missing belong to root (0755).</summary>
    /// <exception cref="IOException">The disk is full, or the folder can't be written: the file is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode, FileOwnership owner)
    {
        var target = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var unfinished = target + Unfinished;
        File.Delete(unfinished);
        try
        {
            WriteNew(unfinished, content, mode, owner);
            File.Move(unfinished, target, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static void WriteNew(string path, ReadOnlySpan<byte> content, UnixFileMode mode, FileOwnership owner)
    {
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
