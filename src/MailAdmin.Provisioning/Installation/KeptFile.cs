using MailAdmin.Core.Secrets;

namespace MailAdmin.Provisioning.Installation;

/// <summary>A file as it was before a run of <c>mailadmin install</c>.</summary>
/// <param name="Path">The path on the installed system.</param>
/// <param name="Copy">The name of the copy beside the manifest; null if the file did not exist.</param>
/// <param name="Mode">The file's mode.</param>
/// <param name="User">The owner's number.</param>
/// <param name="Group">The group's number.</param>
public sealed record KeptFile(string Path, string? Copy, UnixFileMode Mode = default, uint User = 0, uint Group = 0)
{
    internal static KeptFile Missing(string path) => new(path, null);

    /// <summary>Copies the file into the folder.</summary>
    internal static KeptFile Of(string path, SystemRoot root, string folder)
    {
        var file = root.Of(path);
        if (!File.Exists(file)) return Missing(path);
        var (copy, owner) = (path.Trim('/').Replace('/', '_'), FileOwnership.Of(file));
        FileWriter.Write(System.IO.Path.Combine(folder, copy), File.ReadAllBytes(file), PrivateFiles.FileMode, FileOwnership.Of(folder));
        return new(path, copy, File.GetUnixFileMode(file), owner.User, owner.Group);
    }

    /// <summary>Puts the file back, with its mode and owner; a file that did not exist is removed.</summary>
    internal void PutBack(SystemRoot root, string folder)
    {
        var file = root.Of(Path);
        if (Copy is not null)
            FileWriter.Write(file, File.ReadAllBytes(System.IO.Path.Combine(folder, Copy)), Mode, new(User, Group));
        else if (File.Exists(file)) File.Delete(file);
    }
}
