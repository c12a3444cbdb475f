using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;

namespace MailAdmin.Testing.Dns;

/// <summary>
/// Debian's NSD with zones of a test, at an address of its own on loopback and the port that DNS servers have, so that the whole way from a
/// zone's NS records to its answers is the real one. If it is not installed, it is taken out of its package: installing it would start a
/// server on all addresses of this machine.
/// </summary>
public sealed class NameServer : IAsyncDisposable
{
    private const string Unpack = """
        cd "$0" && { apt-cache show nsd >/dev/null 2>&1 || apt-get update -q; } &&
        apt-get download -q nsd $(apt-cache depends nsd | sed -n '/libc6/d; s/^ *Depends: \(lib[a-z0-9.-]*\)$/\1/p') &&
        for package in *.deb; do dpkg-deb -x "$package" .; done
        """;

    private static readonly Lazy<Task<string>> Program = new(FindAsync);
    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private NameServer(IPAddress address, Process process, TemporaryFolder folder) =>
        (Address, _process, _folder) = (address, process, folder);

    public IPAddress Address { get; }

    /// <param name="zones">
    /// Each zone with its records as in a zone file; <c>{address}</c> stands for the server's own. A zone without records answers SERVFAIL.
    /// </param>
    public static async Task<NameServer> StartAsync(params (string Zone, string Records)[] zones)
    {
        Needs.Root();
        var program = await Program.Value;
        var folder = new TemporaryFolder();
        var address = new IPAddress([127, 53, (byte)RandomNumberGenerator.GetInt32(1, 255), (byte)RandomNumberGenerator.GetInt32(1, 255)]);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "nsd.conf"), Configuration(folder.Path, address, zones.Select(z => z.Zone)));
        foreach (var (zone, records) in zones.Where(z => z.Records.Length > 0))
            await File.WriteAllTextAsync(Path.Combine(folder.Path, zone + ".zone"), ZoneFile(zone, records, address));
        var start = new ProcessStartInfo(program, ["-d", "-c", Path.Combine(folder.Path, "nsd.conf")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LD_LIBRARY_PATH"] = LibrariesOf(program);
        var server = new NameServer(address, Process.Start(start)!, folder);
        await Eventually.TrueAsync(server.AnswersAsync, TimeSpan.FromSeconds(30), "NSD answers");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // SIGTERM to the main process ends the ones that it forked.
        using (var kill = Process.Start("kill", [_process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"NSD ended: {await _process.StandardError.ReadToEndAsync()}");
        using var tcp = new System.Net.Sockets.TcpClient();
        try
        {
            await tcp.ConnectAsync(Address, 53);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static string Configuration(string folder, IPAddress address, IEnumerable<string> zones) => $"""
        server:
          ip-address: {address}
          zonesdir: "{folder}"
          pidfile: "{folder}/nsd.pid"
          database: ""
          xfrdfile: "{folder}/xfrd.state"
          zonelistfile: "{folder}/zone.list"
          username: ""
          logfile: "{folder}/nsd.log"
          server-count: 1
        remote-control:
          control-enable: no

        """ + string.Concat(zones.Select(z => $"zone:\n  name: \"{z}\"\n  zonefile: \"{z}.zone\"\n"));

    private static string ZoneFile(string zone, string records, IPAddress address) => $"""
        $ORIGIN {zone}.
        $TTL 3600
        @ IN SOA ns1.{zone}. hostmaster.{zone}. 1 7200 3600 1209600 900
        @ IN NS ns1.{zone}.
        ns1 IN A {address}
        {records.Replace("{address}", address.ToString(), StringComparison.Ordinal)}

        """;

    private static string LibrariesOf(string program) =>
        Path.Combine(Path.GetDirectoryName(program)!, "..", "lib", $"{(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
            == System.Runtime.InteropServices.Architecture.Arm64 ? "aarch64" : "x86_64")}-linux-gnu");

    private static async Task<string> FindAsync()
    {
        const string installed = "/usr/sbin/nsd";
        if (File.Exists(installed)) return installed;
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "nsd")).FullName;
        var program = Path.Combine(folder, "usr", "sbin", "nsd");
        if (File.Exists(program)) return program;
        var start = new ProcessStartInfo("sh", ["-c", Unpack, folder])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (!File.Exists(program))
            throw new InvalidOperationException($"This test needs {installed}: apt-get install nsd\n{await output}{await error}");
        return program;
    }
}
