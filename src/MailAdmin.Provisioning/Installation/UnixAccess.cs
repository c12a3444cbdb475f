using MailAdmin.Core.Secrets;

namespace MailAdmin.Provisioning.Installation;

/// <summary>What another user may do with a file: by the modes and owners of the file and of all folders above it.</summary>
public sealed class UnixAccess(UnixAccounts accounts)
{
    private const int OwnerShift = 6;
    private const int GroupShift = 3;
    private const int ReadBit = 4;
    private const int WriteBit = 2;
    private const int EnterBit = 1;

    /// <summary>The file or folder that keeps the user from reading the file; null if nothing does.</summary>
    /// <exception cref="IOException">A part of the path does not exist, or this process can't look at it.</exception>
    public string? ReadingRefusedBy(string user, string path) => RefusedBy(user, path, ReadBit);

    /// <summary>The folder or socket that keeps the user from connecting to the Unix socket; null if nothing does.</summary>
    /// <exception cref="IOException">A part of the path does not exist, or this process can't look at it.</exception>
    public string? ConnectingRefusedBy(string user, string path) => RefusedBy(user, path, WriteBit);

    private string? RefusedBy(string user, string path, int wanted)
    {
        if (accounts.User(user) is not { } who) return path;
        var groups = accounts.GroupsOf(user);
        // Links are followed, because the mode of what they lead to decides.
        var real = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        for (var folder = Path.GetDirectoryName(real); folder is not null; folder = Path.GetDirectoryName(folder))
            if (!Allows(who, groups, folder, EnterBit)) return folder;
        return Allows(who, groups, real, wanted) ? null : real;
    }

    private static bool Allows(FileOwnership who, IReadOnlySet<uint> groups, string path, int bit)
    {
        if (who.User == 0) return true;
        var (owner, mode) = (FileOwnership.Of(path), (int)File.GetUnixFileMode(path));
        var shift = owner.User == who.User ? OwnerShift : groups.Contains(owner.Group) ? GroupShift : 0;
        return ((mode >> shift) & bit) != 0;
    }
}
