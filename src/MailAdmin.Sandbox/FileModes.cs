using System.Runtime.InteropServices;

namespace MailAdmin.Sandbox;

/// <summary>The three modes that the sandbox uses for its files and folders.</summary>
internal static class FileModes
{
    /// <summary>0755: others may enter and read.</summary>
    public const UnixFileMode Entered = Private | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>0700: a folder only for its owner.</summary>
    public const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;

    /// <summary>0600: a file only for its owner.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Sets a umask that lets others read new files, whatever the shell's umask: Cyrus and Postfix read what the sandbox and postmap write.
    /// </summary>
    public static void LetOthersRead() => _ = umask((int)(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));

    /// <summary>Writes a file that contains a secret. Others cannot read it, not even while it is being written.</summary>
    public static void WritePrivate(string path, string text)
    {
        var unfinished = path + ".new";
        File.Delete(unfinished);
        using (var stream = new FileStream(
            unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        using (var writer = new StreamWriter(stream))
            writer.Write(text);
        File.Move(unfinished, path, overwrite: true);
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int umask(int mask);
}
