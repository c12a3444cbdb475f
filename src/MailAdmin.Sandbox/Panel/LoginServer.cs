using System.Net.Sockets;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox.Panel;

/// <summary>The login socket as a process of its own: the panel's program with <c>login-service</c>, and the panel's settings.</summary>
public sealed class LoginServer : Daemon
{
    internal LoginServer(SandboxFolder folder, SandboxOptions options)
        : base("The login service", folder, new LogFile(folder.LoginLog), options.StartTimeout)
    {
    }

    private protected override DaemonCommand Command() =>
        PanelProgram.Command("login-service", "--settings", Folder.PanelSettings, "--stop-with-stdin", "true");

    private protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Folder.LoginSocket), cancellationToken);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
