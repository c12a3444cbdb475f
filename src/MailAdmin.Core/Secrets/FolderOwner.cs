using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MailAdmin.Core.Secrets;

/// <summary>
/// Gives what root creates to the owner of its folder: a command that root runs (<c>mailadmin admin create</c>) must not leave a database
/// or a key that the panel's own user can't open. SQLite does the same with the files that it creates beside a database.
/// </summary>
internal static class FolderOwner
{
    private const int CurrentFolder = -100;
    private const uint OwnerAndGroup = 0x8 | 0x10;
    private const int StatxOctets = 256;

    // struct statx, the same on every processor: four octets each.
    private const int OwnerOffset = 20;
    private const int GroupOffset = 24;

    /// <summary>Does nothing for any user but root.</summary>
    /// <param name="path">A file or folder that this process has just created.</param>
    /// <exception cref="IOException">The system refused it.</exception>
    public static void Give(string path)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var stat = new byte[StatxOctets];
        if (statx(CurrentFolder, folder, 0, OwnerAndGroup, stat) != 0) throw Failure(folder);
        var owner = BinaryPrimitives.ReadUInt32LittleEndian(stat.AsSpan(OwnerOffset));
        if (owner != 0 && chown(path, owner, BinaryPrimitives.ReadUInt32LittleEndian(stat.AsSpan(GroupOffset))) != 0) throw Failure(path);
    }

    private static IOException Failure(string path) => new($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
}
