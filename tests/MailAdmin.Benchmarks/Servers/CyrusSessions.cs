using MailAdmin.Sandbox;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Benchmarks.Servers;

/// <summary>Connections to a sandbox's Cyrus past the panel.</summary>
internal static class CyrusSessions
{
    /// <summary>Signs in as the administrator, or with the administrator's password as <paramref name="owner"/>.</summary>
    public static Task<RawImap> SignInAsync(this MailSandbox sandbox, string? owner = null)
    {
        var admin = sandbox.Description.CyrusAdmin;
        return RawImap.SignInAsync(sandbox.Ports.Imap, admin.User, admin.Password, owner);
    }
}
