using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Testing.Servers;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

/// <summary>
/// What the configuration decides about safety, and about whether mail stays whole, tested on the servers that run with it.
/// </summary>
[Collection(PostfixCollection.Name)]
public sealed class ServerSafetyTests(PostfixSandbox postfix) : IDisposable
{
    private const string Username = "exemple0007";
    private readonly OnePasswordLogins _logins = new(postfix.Sandbox.Folder.LoginSocket);

    private MailSandbox Sandbox => postfix.Sandbox;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Plain(string username) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{username}\0{OnePasswordLogins.Password}"));

    [Theory]
    [InlineData("\n.\n", false)]
    [InlineData("\n.\r\n", false)]
    [InlineData("\r\n.\n", false)]
    [InlineData("\n.\n", true)]
    [InlineData("\n.\r\n", true)]
    [InlineData("\r\n.\n", true)]
    public async Task No_line_ending_smuggles_a_second_message(string end, bool isUser)
    {
        await postfix.AddAsync("senders", $"safe@exemple.test {Username}");
        await postfix.AddAsync("virtual", "safe@exemple.test safe-target@example.org");
        using var smtp = await LineSession.OpenAsync(isUser ? Sandbox.Ports.Smtps : Sandbox.Ports.Smtp, tls: isUser);
        await smtp.SendAsync("EHLO client.test");
        if (isUser) Assert.StartsWith("235", await smtp.SendAsync($"AUTH PLAIN {Plain(Username)}"));
        await smtp.SendAsync("MAIL FROM:<safe@exemple.test>");
        await smtp.SendAsync("RCPT TO:<safe@exemple.test>");
        await smtp.SendAsync("DATA");
        var subject = $"outer {Guid.NewGuid():N}";

        var answer = await smtp.SendAsync(
            $"Subject: {subject}\r\n\r\nHello{end}MAIL FROM:<ceo@exemple.test>\r\nRCPT TO:<safe@exemple.test>\r\nDATA\r\nSubject: smuggled\r\n\r\nHello\r\n.");

        Assert.StartsWith("250 2.0.0", answer);
        Assert.StartsWith("221", await smtp.SendAsync("QUIT"));
        await Eventually.HoldsAsync(
            () => Assert.Contains(
                "Subject: smuggled", Assert.Single(Sandbox.Outside.Messages(), m => m.Message.Subject == subject).Message.TextBody));
        Assert.DoesNotContain(Sandbox.Outside.Messages(), m => m.Message.Subject == "smuggled");
    }

    [Fact]
    public async Task A_message_with_NUL_and_one_with_raw_letters_in_its_header_arrive_whole()
    {
        await MailboxAsync(Username, "raw@exemple.test");

        await SendAsync("raw@exemple.test", "Subject: caf\u00c3\u00a9\r\n\r\none\0 two"); // é as UTF-8 has it, sent octet by octet

        await Eventually.HoldsAsync(
            async () =>
            Assert.Equal(
                ("caf\u00e9", "one two"),
                Assert.Single(await MessagesAsync(), m => m.Subject.StartsWith("caf", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Two_messages_with_one_Message_ID_both_arrive_and_one_to_two_addresses_once()
    {
        await MailboxAsync(Username, "raw@exemple.test");
        await postfix.AddAsync("virtual", $"other@exemple.test {Username}@store.sandbox.test");

        await SendAsync("raw@exemple.test", "Message-ID: <same@client.test>\r\nSubject: same\r\n\r\nfirst");
        await SendAsync("raw@exemple.test", "Message-ID: <same@client.test>\r\nSubject: same\r\n\r\nsecond");
        await SendAsync("raw@exemple.test>\r\nRCPT TO:<other@exemple.test", "Subject: once\r\n\r\nHello");

        await Eventually.HoldsAsync(async () =>
        {
            var there = await MessagesAsync();
            Assert.Equal(["first", "second"], there.Where(m => m.Subject == "same").Select(m => m.Text).Order(StringComparer.Ordinal));
            Assert.Single(there, m => m.Subject == "once");
        });
    }

    [Fact]
    public async Task What_a_users_script_refuses_or_what_does_not_fit_goes_back_to_its_sender_at_once()
    {
        await MailboxAsync("exemple0008", "picky@exemple.test", quota: 40);
        await PutScriptAsync("exemple0008", "require \"reject\"; if header \"subject\" \"no\" { reject \"I do not want it\"; }");

        await SendAsync("picky@exemple.test", "Subject: no\r\n\r\nHello");
        await SendAsync(
            "picky@exemple.test", "Subject: large\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 900)));

        await Eventually.HoldsAsync(() =>
        {
            var bounces = Sandbox.Outside.Messages().Where(m => m.Sender.Length == 0).Select(m => m.Message.ToString()).ToList();
            Assert.Contains(bounces, b => b.Contains("I do not want it", StringComparison.Ordinal));
            Assert.Contains(
                bounces, b => b.Contains("5.2.2", StringComparison.Ordinal) && b.Contains("Over quota", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Port_587_takes_a_password_and_mail_after_STARTTLS_alone()
    {
        await postfix.AddAsync("senders", $"safe@exemple.test {Username}");
        using (var plain = await LineSession.OpenAsync(Sandbox.Ports.Submission))
        {
            Assert.DoesNotContain("AUTH", await plain.SendAsync("EHLO client.test"));
            Assert.StartsWith("530 5.7.0", await plain.SendAsync("MAIL FROM:<safe@exemple.test>"));
        }
        using var smtp = new SmtpClient
        {
            ServerCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.Subject == SandboxCertificate.Subject
        };
        await smtp.ConnectAsync("127.0.0.1", Sandbox.Ports.Submission, SecureSocketOptions.StartTls);
        await smtp.AuthenticateAsync(Username, OnePasswordLogins.Password);

        await smtp.SendAsync(Message("safe@exemple.test", "by 587"));
        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(
            () => smtp.SendAsync(Message("own@exemple.test", "as another by 587")));

        Assert.Equal(553, (int)refusal.StatusCode);
        await Eventually.HoldsAsync(
            () => Assert.Equal("safe@exemple.test", Assert.Single(Sandbox.Outside.Messages(), m => m.Message.Subject == "by 587").Sender));
    }

    [Theory]
    [InlineData("\0{0}\0{1}", "235")]
    [InlineData("{0}\0{0}\0{1}", "235")]
    [InlineData("exemple0002\0{0}\0{1}", "535")]
    [InlineData("own@exemple.test\0{0}\0{1}", "535")]
    [InlineData("\0\0{1}", "535")]
    [InlineData("\0\0", "535")]
    [InlineData("\0 \0wrong", "535")]
    [InlineData("\0{0}\0", "535")]
    public async Task A_sign_in_by_PLAIN_without_a_name_or_for_somebody_else_is_refused_for_good(string message, string answer)
    {
        using var smtp = await LineSession.OpenAsync(Sandbox.Ports.Smtps, tls: true);
        await smtp.SendAsync("EHLO client.test");

        Assert.StartsWith(
            answer, await smtp.SendAsync(
                "AUTH PLAIN " + Base64(string.Format(CultureInfo.InvariantCulture, message, Username, OnePasswordLogins.Password))));
    }

    // For an empty name only libsasl answers, with a line that no filter of Postfix sees: 454.
    [Theory]
    [InlineData(" ", "wrong")]
    [InlineData(Username, "")]
    public async Task A_sign_in_by_LOGIN_without_a_name_or_a_password_is_refused_for_good(string name, string password)
    {
        using var smtp = await LineSession.OpenAsync(Sandbox.Ports.Smtps, tls: true);
        await smtp.SendAsync("EHLO client.test");
        await smtp.SendAsync("AUTH LOGIN");

        var answer = await smtp.SendAsync(Base64(name));
        if (answer.StartsWith("334", StringComparison.Ordinal)) answer = await smtp.SendAsync(Base64(password));

        Assert.StartsWith("535", answer);
    }

    [Fact]
    public async Task What_goes_to_another_server_goes_with_TLS_where_that_has_it()
    {
        using var receiver = new StartTlsReceiver();
        await postfix.AddAsync("virtual", "ailleurs@exemple.test someone@tls.example");
        await postfix.AddAsync("transport", $"tls.example smtp:[127.0.0.1]:{receiver.Port}");

        await SendAsync("ailleurs@exemple.test", "Subject: sealed\r\n\r\nHello");

        await Eventually.HoldsAsync(
            () => Assert.True(
                Assert.Single(
                    receiver.Received, m => m.Text.Contains("Subject: sealed", StringComparison.Ordinal)).Tls >= SslProtocols.Tls12));
    }

    [Fact]
    public async Task POP3_takes_no_password_without_TLS()
    {
        using var pop3 = await LineSession.OpenAsync(Sandbox.Ports.Pop3);

        Assert.StartsWith("-ERR", await pop3.SendAsync($"USER {Username}"));
        Assert.DoesNotContain("<", pop3.Greeting); // and no APOP, which needs passwords that can be read
    }

    [Fact]
    public async Task Fifty_silent_connections_keep_nobody_out_of_POP3()
    {
        await MailboxAsync(Username, "raw@exemple.test");
        var silent = await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
        {
            var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Sandbox.Ports.Pop3s);
            return client;
        }));

        await new MailUser(Sandbox, Username, OnePasswordLogins.Password).SubjectsByPop3Async();

        foreach (var client in silent) client.Dispose();
    }

    public void Dispose() => _logins.Dispose();

    private static MimeMessage Message(string from, string subject) =>
        new([MailboxAddress.Parse(from)], [MailboxAddress.Parse("friend@example.org")], subject,
            new TextPart("plain") { Text = "Bonjour" });

    private async Task SendAsync(string to, string message)
    {
        using var smtp = await LineSession.OpenAsync(Sandbox.Ports.Smtp);
        await smtp.SendAsync("EHLO client.test");
        await smtp.SendAsync("MAIL FROM:<a@client.test>");
        foreach (var recipient in to.Split(">\r\nRCPT TO:<")) Assert.StartsWith("250", await smtp.SendAsync($"RCPT TO:<{recipient}>"));
        await smtp.SendAsync("DATA");
        Assert.StartsWith("250 2.0.0", await smtp.SendAsync($"{message}\r\n."));
    }

    // A mailbox that already exists stays as it is.
    private async Task MailboxAsync(string username, string address, int? quota = null)
    {
        await postfix.AddAsync("virtual", $"{address} {username}@store.sandbox.test");
        using var imap = await LineSession.OpenAsync(Sandbox.Ports.Imap);
        Assert.StartsWith("a OK", await imap.SendAsync($"a LOGIN {Sandbox.Description.CyrusAdmin.User} \"{OnePasswordLogins.Password}\""));
        await imap.SendAsync($"b CREATE user/{username}");
        if (quota is { } limit) Assert.StartsWith("c OK", await imap.SendAsync($"c SETQUOTA user/{username} (STORAGE {limit})"));
    }

    private async Task<IReadOnlyList<(string Subject, string Text)>> MessagesAsync()
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

    private async Task PutScriptAsync(string username, string script)
    {
        using var sieve = await LineSession.OpenAsync(Sandbox.Ports.Sieve);
        while (!(await sieve.ReadAsync()).StartsWith("OK", StringComparison.Ordinal)) { }
        Assert.StartsWith("OK", await sieve.SendAsync($"AUTHENTICATE \"PLAIN\" \"{Plain(username)}\""));
        Assert.StartsWith("OK", await sieve.SendAsync($"PUTSCRIPT \"own\" {{{script.Length}+}}\r\n{script}"));
        Assert.StartsWith("OK", await sieve.SendAsync("SETACTIVE \"own\""));
        await sieve.SendAsync("LOGOUT");
    }
}
