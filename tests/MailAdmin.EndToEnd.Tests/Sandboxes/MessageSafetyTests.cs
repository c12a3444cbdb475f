using System.Security.Authentication;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

/// <summary>
/// What the configuration decides about whether mail stays whole, tested on the servers that run with it.
/// </summary>
[Collection(PostfixCollection.Name)]
public sealed class MessageSafetyTests(PostfixSandbox postfix) : ServerSafetyTest(postfix)
{
    [Theory]
    [InlineData("\n.\n", false)]
    [InlineData("\n.\r\n", false)]
    [InlineData("\r\n.\n", false)]
    [InlineData("\n.\n", true)]
    [InlineData("\n.\r\n", true)]
    [InlineData("\r\n.\n", true)]
    public async Task No_line_ending_smuggles_a_second_message(string end, bool isUser)
    {
        await Postfix.AddAsync("senders", $"safe@exemple.test {Username}");
        await Postfix.AddAsync("virtual", "safe@exemple.test safe-target@example.org");
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
        await Postfix.AddAsync("virtual", $"other@exemple.test {Username}@store.sandbox.test");

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
    public async Task What_goes_to_another_server_goes_with_TLS_where_that_has_it()
    {
        using var receiver = new StartTlsReceiver();
        await Postfix.AddAsync("virtual", "ailleurs@exemple.test someone@tls.example");
        await Postfix.AddAsync("transport", $"tls.example smtp:[127.0.0.1]:{receiver.Port}");

        await SendAsync("ailleurs@exemple.test", "Subject: sealed\r\n\r\nHello");

        await Eventually.HoldsAsync(
            () => Assert.True(
                Assert.Single(
                    receiver.Received, m => m.Text.Contains("Subject: sealed", StringComparison.Ordinal)).Tls >= SslProtocols.Tls12));
    }
}
