using System.Runtime.InteropServices;

namespace MailAdmin.Sandbox;

/// <summary>The three modes that the sandbox gives to what it makes.</summary>
internal static class FileModes
{
    /// <summary>0755: others may enter and read.</summary>
    public const UnixFileMode Entered = Private | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>0700: a folder for its owner alone.</summary>
    public const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;

    /// <summary>0600: a file for its owner alone.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Lets new files be as open as they are meant, however careful this shell is: Cyrus and Postfix read what we and postmap write.
    /// </summary>
    public static void LetOthersRead() => _ = umask((int)(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));

    /// <summary>Writes a file that holds a secret. It is never open to others, not even while it is being written.</summary>
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
