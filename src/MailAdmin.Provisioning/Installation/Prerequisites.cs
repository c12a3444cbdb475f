namespace MailAdmin.Provisioning.Installation;

/// <summary>What has to be there before <c>mailadmin install</c> can write something.</summary>
public static class Prerequisites
{
    public const string PanelUser = "mailadmin";
    private const long MiB = 1024 * 1024;
    private const long LeastFreeMiB = 100;

    private static readonly (string Path, string Package)[] Programs =
    [
        ("/usr/sbin/postfix", "postfix"), ("/usr/lib/postfix/postfix-lmdb.so", "postfix-lmdb"), ("/usr/sbin/cyrmaster", "cyrus-imapd"),
        ("/usr/lib/cyrus/bin/imapd", "cyrus-imapd"), ("/usr/lib/cyrus/bin/pop3d", "cyrus-pop3d"), ("/usr/sbin/postsrsd", "postsrsd"),
    ];

    /// <summary>The ports of an installation, and the names of the processes that may have them.</summary>
    private static readonly (int[] Ports, string[] Owners)[] Listeners =
    [
        ([25, 465, 587, 10587, 10588], ["master", "smtpd"]),
        ([110, 143, 993, 995, 4190, 10143, 14190], ["cyrmaster", "imapd", "pop3d", "timsieved"]),
        ([10001, 10002], ["postsrsd"]),
        ([8080], ["mailadmin"]),
    ];

    // systemd may hold a listener for a service.
    private const string SystemManager = "systemd";

    public static IEnumerable<Obstacle> Obstacles(SystemRoot root, UnixAccounts accounts)
    {
        if (accounts.User(PanelUser) is null) yield return new("UserMissing", PanelUser);
        var packages = Programs.Where(p => !File.Exists(root.Of(p.Path))).Select(p => p.Package).Distinct(StringComparer.Ordinal).ToList();
        if (packages.Count > 0) yield return new("PackagesMissing", string.Join(' ', packages));
        foreach (var folder in (string[])["/etc", "/var/lib", "/var/backups"])
        {
            if (!Directory.Exists(root.Of(folder))) continue;
            var free = new DriveInfo(root.Of(folder)).AvailableFreeSpace / MiB;
            if (free < LeastFreeMiB) yield return new("DiskFull", folder, free, LeastFreeMiB);
        }
    }

    /// <summary>The ports that another program has.</summary>
    public static IEnumerable<Obstacle> PortObstacles(ListeningPorts listening)
    {
        foreach (var (ports, owners) in Listeners)
        {
            foreach (var port in ports)
            {
                if (listening.OwnerOf(port) is { } owner && owner.Name != SystemManager && !owners.Contains(owner.Name, StringComparer.Ordinal))
                    yield return new("PortTaken", port, owner.Name, owner.Id);
            }
        }
    }
}
