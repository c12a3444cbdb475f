namespace MailAdmin.Sandbox;

/// <summary>The paths in a sandbox's folder.</summary>
public sealed class SandboxFolder(string path)
{
    // The names of Unix sockets are limited to 107 octets, and they are below the folder.
    private const int LongestPath = 70;

    public string Path { get; } = System.IO.Path.GetFullPath(path).TrimEnd('/');

    public string Description => In("sandbox.json");
    public string Ports => In("ports.json");
    public string Lock => In("sandbox.lock");

    /// <summary>The sandbox's sockets; the users cyrus and postfix may enter it.</summary>
    public string Run => In("run");
    public string LoginSocket => In("run/mux");
    public string PolicySocket => In("run/policy");
    public string MilterSocket => In("run/milter");
    public string LogSocket => In("run/log");

    public string Panel => In("panel");
    public string PanelSettings => In("panel.json");
    public string PanelLog => In("panel.log");
    public string LoginLog => In("logins.log");
    public string Database => In("panel/mailadmin.db");
    public string CyrusAdminSecret => In("panel/cyrus-admin.secret");
    public string SignIns => In("panel/sign-ins.json");

    public string Cyrus => In("cyrus");
    public string CyrusSettings => In("cyrus/imapd.conf");
    public string CyrusServices => In("cyrus/cyrus.conf");
    public string CyrusLog => In("cyrus.log");
    public string LmtpSocket => In("cyrus/run/socket/lmtp");

    public string Postfix => In("postfix");
    public string PostfixConfiguration => In("postfix/etc");
    public string PostfixLog => In("postfix.log");
    public string SrsSecret => In("srs.secret");
    public string SrsLog => In("srs.log");

    /// <summary>The maps, which the panel fills.</summary>
    public string Maps => In("maps");

    /// <summary>The panel touches it to make smtpd forget what it has cached about domains.</summary>
    public string ReloadTrigger => In("maps/reload-trigger.db");

    /// <summary>Mail that would have left the machine, one file per message.</summary>
    public string Outside => In("outside");
    public string OutsideLog => In("outside.log");

    public string Certificate => In("tls/certificate.pem");
    public string CertificateKey => In("tls/key.pem");

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Creates the folder, and locks it against other sandboxes until the stream is closed.</summary>
    /// <exception cref="SandboxException">It cannot be used; the message says why and what to do.</exception>
    internal FileStream Take()
    {
        if (Path.Length > LongestPath)
            throw new SandboxException(
                $"{Path} is too long for Unix sockets below it: choose a --folder of at most {LongestPath} characters.");
        RefuseWhatCyrusCannotEnter();
        try
        {
            if (Directory.Exists(Path) && !File.Exists(Lock) && Directory.EnumerateFileSystemEntries(Path).Any())
                throw new SandboxException($"{Path} is neither empty nor a sandbox's folder. Choose another --folder.");
            Directory.CreateDirectory(Path);
            File.SetUnixFileMode(Path, FileModes.Entered);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"The folder {Path} cannot be written: {e.Message} Choose another --folder.", e);
        }
        return FileLock.TryTake(Lock)
            ?? throw new SandboxException($"Another sandbox runs in {Path}. Stop it first, or choose another --folder.");
    }

    /// <summary>Removes everything except the lock, which this process holds.</summary>
    internal void Clear()
    {
        foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo directory && entry.LinkTarget is null) directory.Delete(recursive: true);
            else if (entry.FullName != Lock) entry.Delete();
        }
    }

    private void RefuseWhatCyrusCannotEnter()
    {
        for (var parent = new DirectoryInfo(Path).Parent; parent is not null; parent = parent.Parent)
        {
            if (parent.Exists && !parent.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                throw new SandboxException(
                    $"Users cyrus and postfix cannot enter {parent.FullName}. Choose a --folder elsewhere, as {SandboxOptions.DefaultFolder}.");
        }
    }
}
