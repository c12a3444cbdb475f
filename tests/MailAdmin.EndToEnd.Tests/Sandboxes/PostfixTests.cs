using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Testing.Hosts;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

[Collection(PostfixCollection.Name)]
public sealed class PostfixTests(PostfixSandbox postfix)
{
    [Theory]
    [InlineData("nobody@exemple.test", "550 5.1.1")]
    [InlineData("someone@example.org", "554 5.7.1")]
    [InlineData("x@sub.exemple.test", "554 5.7.1")]
    [InlineData("suspended@exemple.test", "550 5.2.1")]
    [InlineData("suspended+tag@exemple.test", "550 5.2.1")]
    [InlineData("exemple0001@store.sandbox.test", "554 5.7.1")]
    [InlineData("exemple0001@STORE.sandbox.test", "554 5.7.1")]
    [InlineData("new+tag@exemple.test", "250 2.1.5")]
    [InlineData("new%exemple.test@exemple.test", "554 5.7.1")]
    [InlineData("exemple.test!new@exemple.test", "554 5.7.1")]
    public async Task A_stranger_is_answered_at_RCPT(string recipient, string answer)
    {
        using var smtp = await LineSession.OpenAsync(postfix.Sandbox.Ports.Smtp);
        await smtp.SendAsync("EHLO client.test");
        await smtp.SendAsync("MAIL FROM:<a@client.test>");

        Assert.StartsWith(answer, await smtp.SendAsync($"RCPT TO:<{recipient}>"));
    }

    [Theory]
    [InlineData("postmaster", "250 2.1.5")]
    [InlineData("Postmaster@mx.sandbox.test", "250 2.1.5")]
    [InlineData("abuse@sandbox.test", "250 2.1.5")]
    [InlineData("root@mx.sandbox.test", "250 2.1.5")]
    [InlineData("double-bounce@sandbox.test", "250 2.1.5")]
    [InlineData("nobody@mx.sandbox.test", "550 5.1.1")]
    [InlineData("nobody@sandbox.test", "550 5.1.1")]
    public async Task The_host_itself_has_a_postmaster_and_nobody_else(string recipient, string answer)
    {
        using var smtp = await LineSession.OpenAsync(postfix.Sandbox.Ports.Smtp);
        await smtp.SendAsync("EHLO client.test");
        await smtp.SendAsync("MAIL FROM:<>");

        Assert.StartsWith(answer, await smtp.SendAsync($"RCPT TO:<{recipient}>"));
        if (answer[0] != '2') return;
        await smtp.SendAsync("DATA");
        var subject = $"for {recipient}";
        Assert.StartsWith("250", await smtp.SendAsync($"Subject: {subject}\r\n\r\nHello\r\n."));
        await Eventually.HoldsAsync(
            () => Assert.Contains(
                postfix.Sandbox.Outside.Messages(), m => m.Message.Subject == subject && m.Recipients.Contains("hoster@example.org")));
    }

    [Fact]
    public async Task An_8_bit_sender_is_refused_at_the_door()
    {
        using var smtp = await LineSession.OpenAsync(postfix.Sandbox.Ports.Smtp);
        await smtp.SendAsync("EHLO client.test");
        await smtp.SendAsync("MAIL FROM:<andré@client.test>");

        Assert.StartsWith("553 5.6.7", await smtp.SendAsync("RCPT TO:<new@exemple.test>"));
    }

    [Fact]
    public async Task Nobody_sends_through_SMTPS_without_signing_in()
    {
        using var smtps = await LineSession.OpenAsync(postfix.Sandbox.Ports.Smtps, tls: true);
        await smtps.SendAsync("EHLO client.test");
        await smtps.SendAsync("MAIL FROM:<a@client.test>");

        Assert.StartsWith("554 5.7.1", await smtps.SendAsync("RCPT TO:<new@exemple.test>"));
    }

    [Theory]
    [InlineData("someone@example.org", "250 2.1.5")]
    [InlineData("suspended@exemple.test", "550 5.2.1")]
    [InlineData("exemple0001@store.sandbox.test", "554 5.7.1")]
    public async Task What_Sieve_sends_may_leave_but_not_pass_the_guard(string recipient, string answer)
    {
        using var smtp = await LineSession.OpenAsync(postfix.Sandbox.Ports.SieveSubmission);
        await smtp.SendAsync("EHLO client.test");
        await smtp.SendAsync("MAIL FROM:<>");

        Assert.StartsWith(answer, await smtp.SendAsync($"RCPT TO:<{recipient}>"));
    }

    [Fact]
    public async Task A_redirect_to_the_world_ends_in_the_sink_without_the_tag()
    {
        await SendAsync("away+tag@exemple.test", "to the world");

        await Eventually.HoldsAsync(() =>
        {
            var arrived = Assert.Single(postfix.Sandbox.Outside.Messages(), m => m.Message.Subject == "to the world");
            Assert.Equal(["someone+kept@example.org"], arrived.Recipients);
            Assert.EndsWith("=client.test=a@mx.sandbox.test", arrived.Sender);
        });
    }

    [Fact]
    public async Task Mail_for_a_mailbox_that_is_not_there_yet_waits()
    {
        await postfix.AddAsync("virtual", "early@exemple.test exemple0099@store.sandbox.test");
        await SendAsync("early@exemple.test", "early");

        await Eventually.HoldsAsync(async () =>
            Assert.Contains("to=<exemple0099@store.sandbox.test>", await LogLineAsync("dsn=4.1.1, status=deferred")));
    }

    [Fact]
    public async Task A_new_domain_is_seen_when_the_generation_map_was_touched()
    {
        using (var before = await LineSession.OpenAsync(postfix.Sandbox.Ports.Smtp))
            Assert.StartsWith("554 5.7.1", await RcptAsync(before));
        await postfix.AddAsync("domains", "later.test hosted");
        var trigger = postfix.Sandbox.Folder.ReloadTrigger;
        File.SetLastWriteTimeUtc(trigger, File.GetLastWriteTimeUtc(trigger).AddSeconds(2));

        // This takes only a few connections: after a hundred, smtpd would restart by itself.
        await Eventually.HoldsAsync(
            async () =>
            {
                using var after = await LineSession.OpenAsync(postfix.Sandbox.Ports.Smtp);
                Assert.StartsWith("550 5.1.1", await RcptAsync(after));
            },
            TimeSpan.FromSeconds(5));

        static async Task<string> RcptAsync(LineSession smtp)
        {
            await smtp.SendAsync("EHLO client.test");
            await smtp.SendAsync("MAIL FROM:<a@client.test>");
            return await smtp.SendAsync("RCPT TO:<nobody@later.test>");
        }
    }

    private async Task SendAsync(string recipient, string subject)
    {
        using var smtp = await LineSession.OpenAsync(postfix.Sandbox.Ports.Smtp);
        await smtp.SendAsync("EHLO client.test");
        await smtp.SendAsync("MAIL FROM:<a@client.test>");
        await smtp.SendAsync($"RCPT TO:<{recipient}>");
        await smtp.SendAsync("DATA");
        Assert.StartsWith("250 2.0.0", await smtp.SendAsync($"Subject: {subject}\r\n\r\nHello\r\n."));
    }

    private async Task<string> LogLineAsync(string containing)
    {
        var lines = await File.ReadAllLinesAsync(postfix.Sandbox.Postfix.LogPath, TestContext.Current.CancellationToken);
        return lines.FirstOrDefault(line => line.Contains(containing), "");
    }
}
