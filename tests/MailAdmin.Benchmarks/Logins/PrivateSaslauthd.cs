using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace MailAdmin.Benchmarks.Logins;

/// <summary>
/// saslauthd with its cache over pam_pwdfile, with a socket and a PAM service of its own. The login socket is compared to it.
/// </summary>
internal sealed class PrivateSaslauthd : IAsyncDisposable
{
    private const string Program = "/usr/sbin/saslauthd";
    private const string Module = "pam_pwdfile.so";

    private readonly DirectoryInfo _folder;
    private readonly string _pamService;

    private PrivateSaslauthd(DirectoryInfo folder, string pamService) => (_folder, _pamService) = (folder, pamService);

    public UnixDomainSocketEndPoint Socket => new(Path.Combine(_folder.FullName, "mux"));

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private string PidFile => Path.Combine(_folder.FullName, "saslauthd.pid");

    /// <param name="service">The name of the PAM service, which clients send as their service.</param>
    /// <param name="lines">User and hash, separated by a colon.</param>
    public static async Task<PrivateSaslauthd> StartAsync(string service, IEnumerable<string> lines)
    {
        if (!File.Exists(Program) || !Directory.EnumerateFiles("/usr/lib", Module, SearchOption.AllDirectories).Any())
            throw new InvalidOperationException("The baseline is missing: apt-get install sasl2-bin libpam-pwdfile");
        var folder = Directory.CreateTempSubdirectory("mailadmin-saslauthd-");
        var server = new PrivateSaslauthd(folder, Path.Combine("/etc/pam.d", service));
        var users = Path.Combine(folder.FullName, "users");
        await File.WriteAllLinesAsync(users, lines);
        await File.WriteAllTextAsync(server._pamService, $"auth required {Module} pwdfile {users}\naccount required pam_permit.so\n");
        using var start = Process.Start(Program, ["-a", "pam", "-c", "-m", folder.FullName, "-n", "5"]);
        await start.WaitForExitAsync();
        if (start.ExitCode != 0) throw new InvalidOperationException($"saslauthd ended with {start.ExitCode}.");
        // saslauthd goes to the background before it listens.
        var watch = Stopwatch.StartNew();
        while (!Listens(server.Socket))
        {
            if (watch.Elapsed > Deadline) throw new InvalidOperationException("saslauthd does not listen.");
            await Task.Delay(10);
        }
        return server;
    }

    private static bool Listens(UnixDomainSocketEndPoint path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(path);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_pamService);
        // saslauthd goes to the background by itself, so only its PID file tells which process it is.
        using (var leader = Process.GetProcessById(int.Parse((await File.ReadAllTextAsync(PidFile)).Trim(), CultureInfo.InvariantCulture)))
        {
            using var stop = Process.Start("kill", [leader.Id.ToString(CultureInfo.InvariantCulture)]);
            await stop.WaitForExitAsync();
            await leader.WaitForExitAsync();
        }
        _folder.Delete(recursive: true);
    }
}
