using MailAdmin.Sandbox;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Pop3;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>A user with a mail program who sends mail and reads the mailbox.</summary>
internal sealed class MailUser(MailSandbox sandbox, string username, string password)
{
    private const string Host = "127.0.0.1";

    /// <summary>The subjects in the inbox, read over IMAP.</summary>
    public async Task<IReadOnlyList<string>> SubjectsAsync(bool tls = false)
    {
        using var imap = new ImapClient
        {
            ServerCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.Subject == SandboxCertificate.Subject
        };
        await imap.ConnectAsync(
            Host, tls ? sandbox.Ports.Imaps : sandbox.Ports.Imap, tls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.None);
        await imap.AuthenticateAsync(username, password);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        var found = await imap.Inbox.FetchAsync(0, -1, MessageSummaryItems.Envelope);
        await imap.DisconnectAsync(quit: true);
        return [.. found.Select(m => m.Envelope?.Subject ?? "")];
    }

    public Task CreateFolderAsync(string name) => InMailboxAsync(async imap =>
    {
        var root = imap.GetFolder(imap.PersonalNamespaces[0]);
        return await root.CreateAsync(name, isMessageFolder: true);
    });

    /// <summary>The names of the mailbox's folders.</summary>
    public Task<IReadOnlyList<string>> FoldersAsync() => InMailboxAsync<IReadOnlyList<string>>(async imap =>
        [.. (await imap.GetFoldersAsync(imap.PersonalNamespaces[0])).Select(f => f.Name)]);

    private async Task<T> InMailboxAsync<T>(Func<ImapClient, Task<T>> work)
    {
        using var imap = new ImapClient();
        await imap.ConnectAsync(Host, sandbox.Ports.Imap, SecureSocketOptions.None);
        await imap.AuthenticateAsync(username, password);
        var result = await work(imap);
        await imap.DisconnectAsync(quit: true);
        return result;
    }

    /// <summary>The subjects in the mailbox, read over POP3 with TLS; without TLS the server accepts no password.</summary>
    public async Task<IReadOnlyList<string>> SubjectsByPop3Async()
    {
        using var pop3 = new Pop3Client
        {
            ServerCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.Subject == SandboxCertificate.Subject
        };
        await pop3.ConnectAsync(Host, sandbox.Ports.Pop3s, SecureSocketOptions.SslOnConnect);
        await pop3.AuthenticateAsync(username, password);
        var subjects = new List<string>();
        for (var n = 0; n < pop3.Count; n++) subjects.Add((await pop3.GetMessageAsync(n)).Subject ?? "");
        await pop3.DisconnectAsync(quit: true);
        return subjects;
    }

    /// <summary>Signs in on the submission port and sends a message.</summary>
    /// <exception cref="SmtpCommandException">Postfix refused.</exception>
    public async Task SendAsync(string from, string to, string subject)
    {
        using var smtp = new SmtpClient
        {
            ServerCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.Subject == SandboxCertificate.Subject
        };
        await smtp.ConnectAsync(Host, sandbox.Ports.Smtps, SecureSocketOptions.SslOnConnect);
        await smtp.AuthenticateAsync(username, password);
        await smtp.SendAsync(Message(from, to, subject));
        await smtp.DisconnectAsync(quit: true);
    }

    /// <summary>Sends like an external server: to port 25, without signing in.</summary>
    /// <exception cref="SmtpCommandException">Postfix refused.</exception>
    public static async Task SendFromOutsideAsync(MailSandbox sandbox, string to, string subject, int size = 0)
    {
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync(Host, sandbox.Ports.Smtp, SecureSocketOptions.None);
        await smtp.SendAsync(Message("somebody@example.net", to, subject, size));
        await smtp.DisconnectAsync(quit: true);
    }

    /// <summary>The answer of Postfix to RCPT from outside.</summary>
    public static async Task<string> RecipientAnswerAsync(MailSandbox sandbox, string to)
    {
        using var smtp = await LineSession.OpenAsync(sandbox.Ports.Smtp);
        await smtp.SendAsync("EHLO outside.example.net");
        await smtp.SendAsync("MAIL FROM:<somebody@example.net>");
        return await smtp.SendAsync($"RCPT TO:<{to}>");
    }

    private static MimeMessage Message(string from, string to, string subject, int size = 0) => new(
        [new MailboxAddress("", from)], [new MailboxAddress("", to)], subject,
        new TextPart(
            "plain")
        {
            Text = string.Concat(
                Enumerable.Repeat("Bonjour. Une ligne de soixante-quatre octets, l'une comme l'autre\r\n", 1 + (size / 66)))
        });
}
