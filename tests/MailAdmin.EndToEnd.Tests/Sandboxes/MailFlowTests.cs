using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox.Ports;
using MailAdmin.Testing.Hosts;
using MailAdmin.Testing.Servers;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Pop3;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

/// <summary>
/// Cyrus and Postfix work together without the panel. The tests fill by hand what the panel fills, and the panel is not asked for logins.
/// </summary>
[Collection(PostfixCollection.Name)]
public sealed class MailFlowTests(PostfixSandbox postfix) : IDisposable
{
    private readonly OnePasswordLogins _logins = new(postfix.Sandbox.Folder.LoginSocket);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SandboxPorts Ports => postfix.Sandbox.Ports;

    [Fact]
    public async Task Mail_to_an_address_is_read_from_its_mailbox_by_IMAP_and_POP3()
    {
        await CreateMailboxAsync("exemple0001");
        await postfix.AddAsync("virtual", "gugus.dupont@exemple.test exemple0001@store.sandbox.test");

        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", Ports.Smtp, SecureSocketOptions.None, Cancellation);
        await smtp.SendAsync(Message("a@client.test", "gugus.dupont@exemple.test"), Cancellation);

        using var imap = await SignedInAsync(new ImapClient(), Ports.Imaps, "exemple0001");
        await Eventually.HoldsAsync(async () =>
        {
            await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, Cancellation);
            Assert.Equal(
                "Bonjour", Assert.Single(await imap.Inbox.FetchAsync(0, -1, MessageSummaryItems.Envelope, Cancellation)).Envelope!.Subject);
        });
        using var pop3 = await SignedInAsync(new Pop3Client(), Ports.Pop3s, "exemple0001");
        Assert.Equal(1, pop3.Count);
    }

    [Fact]
    public async Task A_user_who_signed_in_sends_as_his_own_address_alone()
    {
        using var smtp = await SignedInAsync(new SmtpClient(), Ports.Smtps, "exemple0002");

        await smtp.SendAsync(Message("own@exemple.test", "own.friend@example.org"), Cancellation);
        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(
            () => smtp.SendAsync(Message("other@exemple.test", "friend@example.org"), Cancellation));

        Assert.Equal(553, (int)refusal.StatusCode);
        await Eventually.HoldsAsync(() =>
            Assert.Equal(
                "own@exemple.test",
                Assert.Single(postfix.Sandbox.Outside.Messages(), m => m.Recipients is ["own.friend@example.org"]).Sender));
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        using var imap = new ImapClient();
        await imap.ConnectAsync("127.0.0.1", Ports.Imap, SecureSocketOptions.None, Cancellation);

        await Assert.ThrowsAsync<AuthenticationException>(() => imap.AuthenticateAsync("exemple0001", "guessed", Cancellation));
    }

    public void Dispose() => _logins.Dispose();

    private async Task CreateMailboxAsync(string username)
    {
        using var admin = await SignedInAsync(new ImapClient(), Ports.Imaps, postfix.Sandbox.Description.CyrusAdmin.User);
        var users = await admin.GetFolderAsync(admin.OtherNamespaces[0].Path, Cancellation);
        await users.CreateAsync(username, isMessageFolder: true, Cancellation);
    }

    private static async Task<T> SignedInAsync<T>(T client, int port, string username) where T : MailService
    {
        client.ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Issuer.Contains("MailAdmin sandbox") is true;
        await client.ConnectAsync("localhost", port, SecureSocketOptions.SslOnConnect, Cancellation);
        await client.AuthenticateAsync(username, OnePasswordLogins.Password, Cancellation);
        return client;
    }

    private static MimeMessage Message(string from, string to) =>
        new([MailboxAddress.Parse(from)], [MailboxAddress.Parse(to)], "Bonjour", new TextPart("plain") { Text = "Bonjour !" });
}
