using System.Diagnostics;
using MailAdmin.Benchmarks.Servers;
using MailAdmin.Sandbox;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MailAdmin.Benchmarks.Sending;

/// <summary>Several mail programs on one listener, signed in as the same user. They send when it is their turn.</summary>
internal sealed class SendingClients : IAsyncDisposable
{
    private readonly List<SmtpClient> _clients = [];
    private readonly MimeMessage _message;
    private TimeSpan _time;
    private int _sent;

    private SendingClients(string address) => _message = new(
        [new MailboxAddress("", address)], [new MailboxAddress("", "friend@example.org")], "bonjour",
        new TextPart("plain") { Text = "Bonjour\r\n" });

    /// <summary>Messages per second, over all turns since the last <see cref="Reset"/>.</summary>
    public double Rate => _sent / _time.TotalSeconds;

    public static async Task<SendingClients> SignInAsync(int port, string username, string address, int count)
    {
        var clients = new SendingClients(address);
        for (var n = 0; n < count; n++)
        {
            var smtp = new SmtpClient
            {
                ServerCertificateValidationCallback = (_, certificate, _, _) =>
                certificate?.Subject == SandboxCertificate.Subject
            };
            clients._clients.Add(smtp);
            await smtp.ConnectAsync("127.0.0.1", port, SecureSocketOptions.SslOnConnect);
            await smtp.AuthenticateAsync(username, MailHost.Password);
        }
        return clients;
    }

    public async Task SendAsync(TimeSpan turn)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(_clients.Select(smtp => Task.Run(async () =>
        {
            while (watch.Elapsed < turn)
            {
                await smtp.SendAsync(_message);
                Interlocked.Increment(ref _sent);
            }
        })));
        _time += watch.Elapsed;
    }

    public void Reset() => (_sent, _time) = (0, TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        foreach (var smtp in _clients)
        {
            if (smtp.IsConnected) await smtp.DisconnectAsync(quit: true);
            smtp.Dispose();
        }
    }
}
