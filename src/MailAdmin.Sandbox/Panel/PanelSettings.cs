using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Cyrus;
using MailAdmin.Sandbox.Ports;

namespace MailAdmin.Sandbox.Panel;

/// <summary>Writes the panel's settings file with its servers' addresses.</summary>
internal static class PanelSettings
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static string UrlOf(SandboxPorts ports) => $"http://localhost:{ports.Panel}"; // passkeys refuse 127.0.0.1

    public static void Write(SandboxFolder folder, SandboxPorts ports, bool separateLogins)
    {
        var settings = new JsonObject
        {
            ["Database"] = folder.Database,
            ["PublicUrl"] = UrlOf(ports),
            ["Store"] = new JsonObject { ["Name"] = MailNames.Store, ["NextHop"] = $"store:unix:{folder.LmtpSocket}" },
            ["Cyrus"] = new JsonObject
            {
                ["Host"] = "127.0.0.1",
                ["Port"] = ports.Imap,
                ["Tls"] = false,
                ["AdminUser"] = CyrusConfiguration.AdminUser,
                ["AdminPasswordFile"] = folder.CyrusAdminSecret,
                ["DenyCommand"] = new JsonArray("/usr/lib/cyrus/bin/cyr_deny", "-C", folder.CyrusSettings),
                ["KillCommand"] = new JsonArray("/bin/kill"),
            },
            ["Sieve"] = new JsonObject { ["Port"] = ports.Sieve, ["StartTls"] = false },
            ["Maps"] = new JsonObject
            {
                ["Host"] = MailNames.Hostname,
                ["Folder"] = folder.Maps,
                ["ReloadTrigger"] = folder.ReloadTrigger,
                ["Postmap"] = "/usr/sbin/postmap",
                ["ConfigDirectory"] = folder.PostfixConfiguration,
                // Short, because people who try a switch in the sandbox wait for it.
                ["Settle"] = "00:00:05",
                ["Origin"] = MailNames.Origin,
                ["Postmaster"] = MailNames.Postmaster,
                ["Hostname"] = MailNames.Hostname,
            },
            // The sandbox's domains are in no DNS, and nothing of it leaves this machine.
            ["Dns"] = new JsonObject { ["Enabled"] = false },
            ["Forwarding"] = new JsonObject
            {
                ["Listener"] = $"127.0.0.1:{ports.Forwarding}",
                ["SrsForward"] = $"127.0.0.1:{ports.SrsForward}",
                ["SrsReverse"] = $"127.0.0.1:{ports.SrsReverse}",
            },
            ["Doctor"] = new JsonObject
            {
                ["ImapdConf"] = folder.CyrusSettings,
                ["Certificates"] = new JsonArray(
                    $"imaps://localhost:{ports.Imaps}", $"pop3s://localhost:{ports.Pop3s}", $"sieve://localhost:{ports.Sieve}",
                    $"smtps://localhost:{ports.Smtps}", $"smtp://localhost:{ports.Smtp}"),
            },
            ["Sending"] = new JsonObject { ["Socket"] = folder.PolicySocket, ["Milter"] = folder.MilterSocket },
            ["Logins"] = new JsonObject { ["Socket"] = folder.LoginSocket, ["OwnProcess"] = separateLogins },
        };
        FileModes.WritePrivate(folder.PanelSettings, new JsonObject { ["MailAdmin"] = settings }.ToJsonString(Readable));
    }
}
