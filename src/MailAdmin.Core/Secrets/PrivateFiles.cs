namespace MailAdmin.Core.Secrets;

/// <summary>Files and folders that only the panel's user may read, whatever the umask.</summary>
public static class PrivateFiles
{
    /// <summary>0600.</summary>
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0700.</summary>
    public const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Makes a missing folder. One that exists keeps its mode: others may have a reason to enter it.</summary>
    public static void EnsureFolder(string path)
    {
        if (Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, FolderMode);
    }

    /// <summary>Opens the file for this process alone. A missing one is made, empty.</summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    public static FileStream OpenAlone(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = System.IO.FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = FileMode;
        return new FileStream(path, options);
    }

    /// <summary>Takes the rights of group and others away from a file that an older version made. A missing file stays missing.</summary>
    public static void Tighten(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || (File.GetUnixFileMode(path) & ~FolderMode) == UnixFileMode.None) return;
        try
        {
            File.SetUnixFileMode(path, FileMode);
        }
        catch (UnauthorizedAccessException)
        {
            // Another user owns it, so another user decides who reads it. The doctor names it.
        }
    }
}
