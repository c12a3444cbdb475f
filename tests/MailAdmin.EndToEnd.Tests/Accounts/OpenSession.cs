using MailAdmin.Sandbox;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>The session of a mail program that waits for new mail (IDLE).</summary>
internal sealed class OpenSession : IDisposable
{
    private readonly ImapClient _imap = new();
    private readonly CancellationTokenSource _done = new();
    private Task _idling = Task.CompletedTask;

    public static async Task<OpenSession> StartAsync(MailSandbox sandbox, string username, string password)
    {
        var session = new OpenSession();
        await session._imap.ConnectAsync("127.0.0.1", sandbox.Ports.Imap, SecureSocketOptions.None);
        await session._imap.AuthenticateAsync(username, password);
        await session._imap.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        session._idling = session._imap.IdleAsync(session._done.Token);
        return session;
    }

    /// <summary>Checks that the server ends the session within that time.</summary>
    public async Task EndsAsync(TimeSpan within)
    {
        var end = await Record.ExceptionAsync(() => _idling.WaitAsync(within));
        Assert.True(end is ImapProtocolException or IOException or ServiceNotConnectedException, $"{end}");
    }

    public void Dispose()
    {
        _imap.Dispose();
        _done.Dispose();
    }
}
