using System.Net.Sockets;
using System.Text;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Testing.Servers;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

/// <summary>A mailbox on the sandbox of the tests of Postfix, and what is delivered to it.</summary>
public abstract class ServerSafetyTest(PostfixSandbox postfix) : IAsyncDisposable
{
    private protected PostfixSandbox Postfix => postfix;

    private protected const string Username = "exemple0007";
    private readonly OnePasswordLogins _logins = new(postfix.Sandbox.Folder.LoginSocket);

    private protected MailSandbox Sandbox => postfix.Sandbox;

    private protected static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private protected static string Plain(string username) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{username}\0{OnePasswordLogins.Password}"));

    public ValueTask DisposeAsync()
    {
        _logins.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected static MimeMessage Message(string from, string subject) =>
        new([MailboxAddress.Parse(from)], [MailboxAddress.Parse("friend@example.org")], subject,
            new TextPart("plain") { Text = "Bonjour" });

    private protected async Task SendAsync(string to, string message)
    {
        using var smtp = await LineSession.OpenAsync(Sandbox.Ports.Smtp);
        await smtp.SendAsync("EHLO client.test");
        await smtp.SendAsync("MAIL FROM:<a@client.test>");
        foreach (var recipient in to.Split(">\r\nRCPT TO:<")) Assert.StartsWith("250", await smtp.SendAsync($"RCPT TO:<{recipient}>"));
        await smtp.SendAsync("DATA");
        Assert.StartsWith("250 2.0.0", await smtp.SendAsync($"{message}\r\n."));
    }

    // A mailbox that already exists stays as it is.
    private protected async Task MailboxAsync(string username, string address, int? quota = null)
    {
        await postfix.AddAsync("virtual", $"{address} {username}@store.sandbox.test");
        using var imap = await LineSession.OpenAsync(Sandbox.Ports.Imap);
        Assert.StartsWith("a OK", await imap.SendAsync($"a LOGIN {Sandbox.Description.CyrusAdmin.User} \"{OnePasswordLogins.Password}\""));
        await imap.SendAsync($"b CREATE user/{username}");
        if (quota is { } limit) Assert.StartsWith("c OK", await imap.SendAsync($"c SETQUOTA user/{username} (STORAGE {limit})"));
    }

    private protected async Task<IReadOnlyList<(string Subject, string Text)>> MessagesAsync()
    {
        using var imap = new ImapClient
        {
            ServerCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.Subject == SandboxCertificate.Subject
        };
        await imap.ConnectAsync("127.0.0.1", Sandbox.Ports.Imaps, SecureSocketOptions.SslOnConnect);
        await imap.AuthenticateAsync(Username, OnePasswordLogins.Password);
        await imap.Inbox!.OpenAsync(MailKit.FolderAccess.ReadOnly);
        var messages = new List<(string, string)>();
        for (var n = 0; n < imap.Inbox.Count; n++)
        {
            var message = await imap.Inbox.GetMessageAsync(n);
            messages.Add((message.Subject ?? "", (message.TextBody ?? "").Trim()));
        }
        return messages;
    }

    private protected async Task PutScriptAsync(string username, string script)
    {
        using var sieve = await LineSession.OpenAsync(Sandbox.Ports.Sieve);
        while (!(await sieve.ReadAsync()).StartsWith("OK", StringComparison.Ordinal)) { }
        Assert.StartsWith("OK", await sieve.SendAsync($"AUTHENTICATE \"PLAIN\" \"{Plain(username)}\""));
        Assert.StartsWith("OK", await sieve.SendAsync($"PUTSCRIPT \"own\" {{{script.Length}+}}\r\n{script}"));
        Assert.StartsWith("OK", await sieve.SendAsync("SETACTIVE \"own\""));
        await sieve.SendAsync("LOGOUT");
    }
}
