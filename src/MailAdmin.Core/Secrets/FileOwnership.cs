using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MailAdmin.Core.Secrets;

/// <summary>Owner and group of files, by their numbers: .NET reads and sets only modes.</summary>
/// <param name="User">The owner's number (uid).</param>
/// <param name="Group">The group's number (gid).</param>
public readonly record struct FileOwnership(uint User, uint Group)
{
    private const int CurrentFolder = -100;
    private const uint OwnerAndGroup = 0x8 | 0x10;
    private const int StatxOctets = 256;

    // struct statx, the same on every processor: four octets each.
    private const int OwnerOffset = 20;
    private const int GroupOffset = 24;

    /// <summary>Reads the owner of a file or folder; of a link, that of its target.</summary>
    /// <exception cref="IOException">It does not exist, or can't be reached.</exception>
    public static FileOwnership Of(string path)
    {
        var stat = new byte[StatxOctets];
        if (statx(CurrentFolder, path, 0, OwnerAndGroup, stat) != 0) throw Failure(path);
        return new(
            BinaryPrimitives.ReadUInt32LittleEndian(stat.AsSpan(OwnerOffset)),
            BinaryPrimitives.ReadUInt32LittleEndian(stat.AsSpan(GroupOffset)));
    }

    /// <summary>Gives the file or folder to this owner and group.</summary>
    /// <exception cref="IOException">The system refused it: only root may give files away.</exception>
    public void Give(string path)
    {
        if (chown(path, User, Group) != 0) throw Failure(path);
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
