using System.Globalization;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Postfix;
using MailAdmin.Testing.Hosts;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

/// <summary>
/// Mail that is forwarded outside leaves with a sender in the mail host's own name, so that it passes SPF. Its bounces find the way back.
/// </summary>
[Collection(PostfixCollection.Name)]
public sealed class ForwardingTests(PostfixSandbox postfix)
{
    private const string Host = "@mx.sandbox.test";

    [Theory]
    [InlineData("a@client.test")]
    [InlineData("Big.Name+tag@client.test")]
    [InlineData("newsletter@exemple.test")] // of a hosted domain, but no account's: it came from another server
    public async Task A_forwarded_message_leaves_with_a_sender_of_the_mail_host(string sender)
    {
        var left = await ForwardAsync(sender);

        // A receiver looks up SPF for this domain, and only has to find the host that it is connected to.
        Assert.StartsWith("SRS0=", left.Sender);
        Assert.EndsWith(Host, left.Sender);
        Assert.Equal(["someone+kept@example.org"], left.Recipients);
        Assert.Equal(sender, Assert.Single(left.Message.From.Mailboxes).Address);
    }

    [Theory]
    [InlineData("own@exemple.test")]
    [InlineData("own+tag@exemple.test")]
    [InlineData("")]
    [InlineData("postmaster@sandbox.test")]
    public async Task What_an_account_or_the_host_sends_keeps_its_sender(string sender) =>
        Assert.Equal(sender, (await ForwardAsync(sender)).Sender);

    [Fact]
    public async Task A_bounce_to_a_rewritten_sender_reaches_the_original_one_and_nobody_else()
    {
        var rewritten = (await ForwardAsync("b@client.test")).Sender;

        await SendAsync("", rewritten, "a bounce");
        await SendAsync("", rewritten.ToLowerInvariant(), "a bounce in small letters");

        foreach (var subject in (string[])["a bounce", "a bounce in small letters"])
            Assert.Equal(["b@client.test"], (await ArrivedAsync(subject)).Recipients);
        Assert.StartsWith("550 5.1.1", await RcptAsync(rewritten.Replace("client.test", "victim.example", StringComparison.Ordinal)));
        Assert.StartsWith("550 5.1.1", await RcptAsync("SRS0=AAAA=AA=victim.example=a" + Host));
        Assert.StartsWith("554 5.7.1", await RcptAsync(rewritten.Replace(Host, "@other.test", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task While_postsrsd_is_away_forwarded_mail_waits_and_all_other_mail_goes_on()
    {
        await postfix.Sandbox.Forwarding.KillAsync();
        try
        {
            await SendAsync("c@client.test", "away@exemple.test", "forwarded meanwhile");
            await SendAsync("own@exemple.test", "away@exemple.test", "sent meanwhile");
            await ArrivedAsync("sent meanwhile");
            Assert.StartsWith("250", await RcptAsync("new@exemple.test"));
            Assert.StartsWith("451", await RcptAsync("SRS0=AAAA=AA=victim.example=a" + Host));
            Assert.DoesNotContain(postfix.Sandbox.Outside.Messages(), m => m.Message.Subject == "forwarded meanwhile");
        }
        finally
        {
            await postfix.Sandbox.Forwarding.StartAsync();
        }
        await Eventually.HoldsAsync(async () =>
        {
            await postfix.Sandbox.Postfix.FlushAsync();
            Assert.Contains(
                postfix.Sandbox.Outside.Messages(), m =>
                m.Message.Subject == "forwarded meanwhile" && m.Sender.EndsWith(Host, StringComparison.Ordinal));
        });
    }

    private async Task<OutsideMessage> ForwardAsync(string sender)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"forwarded from {sender} {Guid.NewGuid():N}");
        await SendAsync(sender, "away@exemple.test", subject);
        return await ArrivedAsync(subject);
    }

    private async Task<OutsideMessage> ArrivedAsync(string subject)
    {
        OutsideMessage? arrived = null;
        await Eventually.HoldsAsync(() => arrived = Assert.Single(postfix.Sandbox.Outside.Messages(), m => m.Message.Subject == subject));
        return arrived!;
    }

    private async Task SendAsync(string from, string to, string subject)
    {
        using var smtp = await OpenAsync(from);
        Assert.StartsWith("250", await smtp.SendAsync($"RCPT TO:<{to}>"));
        await smtp.SendAsync("DATA");
        Assert.StartsWith(
            "250 2.0.0",
            await smtp.SendAsync(
                $"Subject: {subject}\r\nFrom: <{(from.Length > 0 ? from : "mailer-daemon@client.test")}>\r\n\r\nHello\r\n."));
    }

    private async Task<string> RcptAsync(string recipient)
    {
        using var smtp = await OpenAsync("");
        return await smtp.SendAsync($"RCPT TO:<{recipient}>");
    }

    private async Task<LineSession> OpenAsync(string from)
    {
        var smtp = await LineSession.OpenAsync(postfix.Sandbox.Ports.Smtp);
        await smtp.SendAsync("EHLO client.test");
        await smtp.SendAsync($"MAIL FROM:<{from}>");
        return smtp;
    }
}
