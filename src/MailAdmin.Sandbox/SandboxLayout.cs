using MailAdmin.Provisioning.Configuration;
using MailAdmin.Sandbox.Cyrus;
using MailAdmin.Sandbox.Ports;

namespace MailAdmin.Sandbox;

/// <summary>
/// Describes the sandbox as an ordinary installation: its configuration is what <c>mailadmin doctor --configuration</c> prints elsewhere.
/// </summary>
internal static class SandboxLayout
{
    public static MailLayout Of(SandboxFolder folder, SandboxPorts ports) => new()
    {
        Hostname = MailNames.Hostname,
        Origin = MailNames.Origin,
        Postmaster = MailNames.Postmaster,
        Store = MailNames.Store,
        NextHop = $"store:unix:{folder.LmtpSocket}",
        LmtpListen = folder.LmtpSocket,
        LoginSocket = folder.LoginSocket,
        PolicySocket = folder.PolicySocket,
        MilterSocket = folder.MilterSocket,
        Maps = folder.Maps,
        AdminUser = CyrusConfiguration.AdminUser,
        Certificate = folder.Certificate,
        CertificateKey = folder.CertificateKey,
        CyrusRun = $"{folder.Cyrus}/run",
        CyrusSettings = folder.CyrusSettings,
        CyrusDatabases = $"{folder.Cyrus}/config",
        CyrusSpool = $"{folder.Cyrus}/spool",
        CyrusScripts = $"{folder.Cyrus}/sieve",
        Imap = Local(ports.Imap),
        Imaps = Local(ports.Imaps),
        Pop3 = Local(ports.Pop3),
        Pop3s = Local(ports.Pop3s),
        Sieve = Local(ports.Sieve),
        Smtp = Local(ports.Smtp),
        Smtps = Local(ports.Smtps),
        Submission = Local(ports.Submission),
        SieveSubmission = Local(ports.SieveSubmission),
        Forwarding = Local(ports.Forwarding),
        SrsForward = Local(ports.SrsForward),
        SrsReverse = Local(ports.SrsReverse),
    };

    private static string Local(int port) => $"127.0.0.1:{port}";
}
