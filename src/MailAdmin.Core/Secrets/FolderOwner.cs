namespace MailAdmin.Core.Secrets;

/// <summary>
/// Gives what root creates to the owner of its folder: a command that root runs (<c>mailadmin admin create</c>) must not leave a database
/// or a key that the panel's own user can't open. SQLite does the same with the files that it creates beside a database.
/// </summary>
public static class FolderOwner
{
    /// <summary>Does nothing for any user but root.</summary>
    /// <param name="path">A file or folder that this process has just created.</param>
    /// <exception cref="IOException">The system refused it.</exception>
    public static void Give(string path)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return;
        var owner = FileOwnership.Of(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (owner.User != 0) owner.Give(path);
    }
}
