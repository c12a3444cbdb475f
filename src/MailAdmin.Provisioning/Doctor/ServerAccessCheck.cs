using MailAdmin.Core.Secrets;
using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Installation;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks what the users of Cyrus and Postfix have to reach on this host: the sockets of each other and of the panel, and the key of the
/// certificate. The panel's own user may reach other files than they, so modes and memberships are compared.
/// </summary>
internal sealed class ServerAccessCheck(DoctorOptions options, MailLayout layout) : Check("ServerAccess")
{
    private const string Cyrus = "cyrus";
    private const string Postfix = "postfix";

    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Find()]);

    private IEnumerable<Finding> Find()
    {
        var accounts = UnixAccounts.Read(SystemRoot.Running);
        // Cyrus or Postfix may run on another host.
        var (hasCyrus, hasPostfix) = (accounts.User(Cyrus) is not null, accounts.User(Postfix) is not null);
        var access = new UnixAccess(accounts);
        IEnumerable<(string User, string? Path)> needs =
        [
            (Postfix, StoreSocket), (Postfix, options.LoginSocket), (Postfix, options.PolicySocket), (Postfix, options.MilterSocket),
            (Cyrus, options.LoginSocket), (Cyrus, Key),
        ];
        return needs.Where(n => n.Path is not null && (n.User == Cyrus ? hasCyrus : hasPostfix))
            .Select(n => Look(access, accounts, n.User, n.Path!)).OfType<Finding>();
    }

    private Finding? Look(UnixAccess access, UnixAccounts accounts, string user, string path)
    {
        // A file that is missing is the matter of other checks.
        if (!File.Exists(path)) return null;
        try
        {
            var refused = path == Key ? access.ReadingRefusedBy(user, path) : access.ConnectingRefusedBy(user, path);
            if (refused is null) return null;
            var command = $"adduser {user} {accounts.GroupName(FileOwnership.Of(refused).Group)}";
            if (path == Key) return new("KeyUnreadable", refused, command, user, path);
            return path == StoreSocket
                ? new("NextHopRefusesPostfix", refused, command, user, path) : new("SocketRefuses", refused, command, user, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Unknown("CouldNotLook", e.Message);
        }
    }

    private string? StoreSocket => layout.NextHop.Split(":unix:") is [_, var path] ? path : null;

    private string? Key => ConfigFile.Imapd(options.ImapdConf)?["tls_server_key"]?.Value;
}
