using System.Globalization;
using System.Net.Sockets;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Testing.Servers;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

/// <summary>What the configuration decides about how users sign in, tested on the servers that run with it.</summary>
[Collection(PostfixCollection.Name)]
public sealed class SignInSafetyTests(PostfixSandbox postfix) : ServerSafetyTest(postfix)
{
    [Fact]
    public async Task Port_587_takes_a_password_and_mail_after_STARTTLS_alone()
    {
        await Postfix.AddAsync("senders", $"safe@exemple.test {Username}");
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
}
