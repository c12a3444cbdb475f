using System.Globalization;

namespace MailAdmin.Provisioning.Installation;

/// <summary>Which process listens on a port of this machine, from /proc: only root sees the processes of others.</summary>
public sealed class ListeningPorts
{
    private const string Socket = "socket:[";
    private const string Listen = "0A";
    private const int AddressField = 1;
    private const int StateField = 3;
    private const int InodeField = 9;

    private readonly ILookup<int, string> _inodes;
    private Dictionary<string, (int Id, string Name)>? _owners;

    private ListeningPorts(ILookup<int, string> inodes) => _inodes = inodes;

    public static ListeningPorts Read() => new(
        ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).Where(File.Exists)
            .SelectMany(f => File.ReadLines(f).Skip(1))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f => f.Length > InodeField && f[StateField] == Listen)
            .ToLookup(f => PortOf(f[AddressField]), f => f[InodeField]));

    /// <summary>Name and number of the process that listens on the port; null if none does, or if it can't be seen.</summary>
    public (int Id, string Name)? OwnerOf(int port)
    {
        foreach (var inode in _inodes[port])
            if ((_owners ??= Owners()).TryGetValue(inode, out var owner)) return owner;
        return null;
    }

    private static int PortOf(string address) =>
        int.Parse(address.AsSpan(address.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // "socket:[12345]" of each open file. Of the processes that share a listener (master and its children) any will do.
    private static Dictionary<string, (int, string)> Owners()
    {
        var owners = new Dictionary<string, (int, string)>(StringComparer.Ordinal);
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                var name = File.ReadAllText($"{process}/comm").Trim();
                foreach (var link in Directory.EnumerateFileSystemEntries($"{process}/fd").Select(f => new FileInfo(f).LinkTarget))
                    if (link?.StartsWith(Socket, StringComparison.Ordinal) is true) owners.TryAdd(link[Socket.Length..^1], (id, name));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The process has ended meanwhile, or belongs to another user.
            }
        }
        return owners;
    }
}
