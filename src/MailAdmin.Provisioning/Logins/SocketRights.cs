using System.Runtime.InteropServices;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Sets who may connect to the login socket. The servers that connect run as other users. Without a group, everybody on this host may
/// connect, and so guess passwords; with a group, only its members.
/// </summary>
internal static class SocketRights
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private const UnixFileMode Everybody = Owner | Group | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode OpenFolder =
        Owner | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const UnixFileMode GroupFolder = Owner | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
    private const uint SameUser = uint.MaxValue;

    // struct group: two pointers (name, password), then the group id.
    private static readonly int GroupNumberOffset = 2 * IntPtr.Size;

    /// <summary>Creates the socket's folder if it is missing.</summary>
    /// <exception cref="LoginSocketException">The group does not exist, or the folder can't be given to it.</exception>
    public static void EnsureFolder(string path, string? group)
    {
        if (Directory.Exists(path)) return;
        Directory.CreateDirectory(path);
        if (OperatingSystem.IsWindows()) return;
        if (group is not null) GiveTo(path, group);
        File.SetUnixFileMode(path, group is null ? OpenFolder : GroupFolder);
    }

    /// <summary>Sets owner and mode of the socket.</summary>
    /// <exception cref="LoginSocketException">The group does not exist, or the socket can't be given to it.</exception>
    public static void Give(string path, string? group)
    {
        if (OperatingSystem.IsWindows()) return;
        if (group is not null) GiveTo(path, group);
        File.SetUnixFileMode(path, group is null ? Everybody : Owner | Group);
    }

    private static void GiveTo(string path, string group)
    {
        var entry = getgrnam(group);
        if (entry == IntPtr.Zero) throw new LoginSocketException($"There is no group '{group}' on this host (Logins:SocketGroup).");
        if (chown(path, SameUser, (uint)Marshal.ReadInt32(entry, GroupNumberOffset)) == 0) return;
        throw new LoginSocketException(
            $"{path} can't be given to the group '{group}' ({Marshal.GetLastPInvokeErrorMessage()}): make the panel's user a member of it (Logins:SocketGroup).");
    }

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr getgrnam([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
