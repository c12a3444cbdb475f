namespace MailAdmin.Core.Secrets;

/// <summary>Files and folders that only the panel's user may read, whatever the umask.</summary>
public static class PrivateFiles
{
    /// <summary>0600.</summary>
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0700.</summary>
    public const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Creates a missing folder. An existing one keeps its mode, because other users may need to enter it.</summary>
    public static void EnsureFolder(string path)
    {
        if (Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, FolderMode);
        FolderOwner.Give(path);
    }

    /// <summary>
    /// Opens the file exclusively for this process. A missing file is created, empty; created by root, it belongs to its folder's owner.
    /// </summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    public static FileStream OpenAlone(string path) => Open(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Opens the file for reading, together with others that do the same. A missing file is created, empty.</summary>
    /// <exception cref="IOException">A process has it open exclusively.</exception>
    internal static FileStream OpenShared(string path) => Open(path, FileAccess.Read, FileShare.Read);

    private static FileStream Open(string path, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = System.IO.FileMode.OpenOrCreate, Access = access, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = FileMode;
        var isNew = !File.Exists(path);
        var file = new FileStream(path, options);
        if (isNew) FolderOwner.Give(path);
        return file;
    }

    /// <summary>
    /// Removes the permissions of group and others from a file that an older version created. A missing file is not created.
    /// </summary>
    public static void Tighten(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || (File.GetUnixFileMode(path) & ~FolderMode) == UnixFileMode.None) return;
        try
        {
            File.SetUnixFileMode(path, FileMode);
        }
        catch (UnauthorizedAccessException)
        {
            // The file belongs to another user, who decides who may read it. The doctor reports it.
        }
    }
}
