using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Testing.Servers;

/// <summary>A private Cyrus in a temporary folder, on free loopback ports: IMAP plain and over TLS, ManageSieve.</summary>
public sealed class PrivateCyrus : IAsyncDisposable
{
    private const string Master = "/usr/sbin/cyrmaster";
    private const string Password = "correct-horse";

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-cyrus-").FullName;
    private readonly OnePasswordLogins _logins;
    private readonly Process _session;

    /// <param name="slashes">
    /// True: unixhierarchysep and altnamespace, as the product needs them. False: dots, and all folders under INBOX.
    /// </param>
    /// <param name="virtdomains">The value in imapd.conf; the product needs <c>off</c>.</param>
    private PrivateCyrus(bool slashes, string virtdomains)
    {
        foreach (var part in (string[])["config/socket", "config/db", "run/proc", "run/lock", "run/socket", "spool", "sieve"])
            Directory.CreateDirectory(Path.Combine(_folder, part));
        (Port, TlsPort, SievePort) = (LoopbackPort.Free(), LoopbackPort.Free(), LoopbackPort.Free());
        WriteCertificate();
        File.WriteAllText(Path.Combine(_folder, "imapd.conf"), Imapd(slashes ? "yes" : "no", virtdomains));
        File.WriteAllText(Path.Combine(_folder, "cyrus.conf"), Services());
        _logins = new OnePasswordLogins(Path.Combine(_folder, "run/mux"), Password);
        Run("chown", "-R", "cyrus:mail", _folder);
        // cyrmaster gets a session of its own, because it signals its whole process group when it ends. The end of the pipe ends it,
        // however these tests end.
        var master = $"{Master} -C {_folder}/imapd.conf -M {_folder}/cyrus.conf -p {_folder}/master.pid";
        _session = Process.Start(
            new ProcessStartInfo("setsid", ["sh", "-c", $"trap '' TERM; {master} & cat; kill $!; wait; rm -rf {_folder}"])
            {
                RedirectStandardInput = true,
                UseShellExecute = false,
            })!;
    }

    /// <summary>Its configuration and its spool.</summary>
    public string Folder => _folder;

    public int Port { get; }

    public int TlsPort { get; }

    public int SievePort { get; }

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">
    /// Cyrus is not installed, or the tests don't run as root. The message says what to do.
    /// </exception>
    public static async Task<PrivateCyrus> StartAsync(bool slashes, string virtdomains = "off")
    {
        Needs.Root();
        Needs.Program(Master, "cyrus-imapd");
        var cyrus = new PrivateCyrus(slashes, virtdomains);
        try
        {
            await Eventually.TrueAsync(cyrus.AnswersAsync, TimeSpan.FromSeconds(20), "Cyrus greets");
            return cyrus;
        }
        catch
        {
            await cyrus.DisposeAsync();
            throw;
        }
    }

    public CyrusOptions Options(int? port = null) => new()
    {
        Host = "127.0.0.1",
        Port = port ?? Port,
        Tls = port == TlsPort,
        AdminUser = "cyrus",
        AdminPassword = Password,
        CommandTimeout = TimeSpan.FromSeconds(5),
    };

    public SieveOptions SieveOptions(bool startTls = false) => new() { Host = "127.0.0.1", Port = SievePort, StartTls = startTls };

    /// <summary>Stops all its processes, like a machine that hangs. The kernel still accepts connections.</summary>
    public void Freeze() => Run("pkill", "-STOP", "-s", $"{_session.Id}");

    public void Thaw() => Run("pkill", "-CONT", "-s", $"{_session.Id}");

    /// <summary>Ends the sessions on the server, as a restart does.</summary>
    public async Task EndSessionsAsync()
    {
        Run("pkill", "-TERM", "-s", $"{_session.Id}", "-x", "imapd");
        await Eventually.TrueAsync(
            () => Task.FromResult(Run("pkill", "-0", "-s", $"{_session.Id}", "-x", "imapd") != 0), TimeSpan.FromSeconds(10), "imapd ends");
    }

    public async ValueTask DisposeAsync()
    {
        Thaw();
        _session.StandardInput.Close();
        await _session.WaitForExitAsync();
        _session.Dispose();
        _logins.Dispose();
    }

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    private async Task<bool> AnswersAsync()
    {
        if (_session.HasExited) throw new InvalidOperationException($"cyrmaster's shell ended with {_session.ExitCode}");
        try
        {
            await using var imap = await RawImap.ConnectAsync(Port);
            return true;
        }
        catch (Exception early) when (early is SocketException or IOException)
        {
            return false;
        }
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=cyrus.invalid", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(7));
        File.WriteAllText(
            Path.Combine(_folder, "tls.pem"), certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private string Imapd(string slashes, string virtdomains) => $"""
        configdirectory: {_folder}/config
        proc_path: {_folder}/run/proc
        mboxname_lockpath: {_folder}/run/lock
        defaultpartition: default
        partition-default: {_folder}/spool
        sievedir: {_folder}/sieve
        unixhierarchysep: {slashes}
        altnamespace: {slashes}
        hashimapspool: yes
        virtdomains: {virtdomains}
        allowplaintext: yes
        admins: cyrus
        disable_user_namespace: yes
        disable_shared_namespace: yes
        delete_mode: delayed
        sasl_pwcheck_method: saslauthd
        sasl_saslauthd_path: {_folder}/run/mux
        sasl_mech_list: PLAIN LOGIN
        tls_server_cert: {_folder}/tls.pem
        tls_server_key: {_folder}/tls.pem
        sieve_extensions: fileinto reject vacation imap4flags envelope relational subaddress copy date variables mailbox include
        sieve_maxscriptsize: 64
        sieve_maxscripts: 5
        idlesocket: {_folder}/run/socket/idle
        notifysocket: {_folder}/run/socket/notify

        """;

    private string Services() => $$"""
        START {
          recover cmd="/usr/sbin/cyrus ctl_cyrusdb -C {{_folder}}/imapd.conf -r"
        }
        SERVICES {
          imap cmd="imapd -C {{_folder}}/imapd.conf -U 30" listen="127.0.0.1:{{Port}}" prefork=0 maxchild=50
          sieve cmd="timsieved -C {{_folder}}/imapd.conf" listen="127.0.0.1:{{SievePort}}" prefork=0 maxchild=50
          imaps cmd="imapd -s -C {{_folder}}/imapd.conf -U 30" listen="127.0.0.1:{{TlsPort}}" prefork=0 maxchild=10
        }
        EVENTS {
        }

        """;
}
