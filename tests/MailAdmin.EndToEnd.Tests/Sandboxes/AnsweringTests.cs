using System.Net;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Pop3;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

public sealed class AnsweringTests(SandboxFixture fixture)
{
    [Fact]
    public async Task The_panel_answers()
    {
        var sandbox = await fixture.SandboxAsync();
        using var http = new HttpClient();

        var health = await http.GetAsync(new Uri(sandbox.PanelUrl + "/health"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Every_plain_port_greets()
    {
        var ports = (await fixture.SandboxAsync()).Ports;

        Assert.StartsWith("* OK", await GreetingAsync(ports.Imap));
        Assert.StartsWith("+OK", await GreetingAsync(ports.Pop3));
        Assert.StartsWith("\"IMPLEMENTATION\"", await GreetingAsync(ports.Sieve));
        Assert.StartsWith("220 mx.sandbox.test", await GreetingAsync(ports.Smtp));
    }

    [Theory]
    [InlineData("imap")]
    [InlineData("pop3")]
    [InlineData("smtp")]
    public async Task The_plain_port_offers_STARTTLS_with_the_sandbox_certificate(string protocol)
    {
        var sandbox = await fixture.SandboxAsync();
        var port = protocol switch { "imap" => sandbox.Ports.Imap, "pop3" => sandbox.Ports.Pop3, _ => sandbox.Ports.Smtp };

        await HandshakeAsync(protocol, port, SecureSocketOptions.StartTls, CertificateOf(sandbox));
    }

    [Theory]
    [InlineData("imap")]
    [InlineData("pop3")]
    [InlineData("smtp")]
    public async Task The_TLS_port_shows_the_sandbox_certificate(string protocol)
    {
        var sandbox = await fixture.SandboxAsync();
        var port = protocol switch { "imap" => sandbox.Ports.Imaps, "pop3" => sandbox.Ports.Pop3s, _ => sandbox.Ports.Smtps };

        await HandshakeAsync(protocol, port, SecureSocketOptions.SslOnConnect, CertificateOf(sandbox));
    }

    [Fact]
    public async Task Sign_in_is_offered_on_SMTPS_alone()
    {
        var ports = (await fixture.SandboxAsync()).Ports;
        using var smtp = await LineSession.OpenAsync(ports.Smtp);
        using var smtps = await LineSession.OpenAsync(ports.Smtps, tls: true);

        Assert.DoesNotContain("AUTH", await smtp.SendAsync("EHLO client.test"));
        Assert.Contains("250-AUTH PLAIN LOGIN", await smtps.SendAsync("EHLO client.test"));
    }

    [Fact]
    public async Task The_description_is_for_its_owner_alone_and_names_every_port()
    {
        var sandbox = await fixture.SandboxAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(sandbox.Folder.Description));
        var read = SandboxDescription.Read(sandbox.Folder.Description);
        Assert.Equal(sandbox.PanelUrl, read.Panel.Url);
        Assert.Equal(new Endpoint("127.0.0.1", sandbox.Ports.Smtps), read.Smtps);
        Assert.Equal("cyrus", read.CyrusAdmin.User);
        Assert.Contains("\"cyrusAdmin\"", await File.ReadAllTextAsync(sandbox.Folder.Description, TestContext.Current.CancellationToken));
    }

    private static async Task<string> GreetingAsync(int port)
    {
        using var session = await LineSession.OpenAsync(port);
        return session.Greeting;
    }

    private static async Task HandshakeAsync(string protocol, int port, SecureSocketOptions tls, string expected)
    {
        using MailService client = protocol switch { "imap" => new ImapClient(), "pop3" => new Pop3Client(), _ => new SmtpClient() };
        client.ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == expected;
        await client.ConnectAsync("localhost", port, tls, TestContext.Current.CancellationToken);
        Assert.True(client.IsSecure);
    }

    private static string CertificateOf(MailSandbox sandbox)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(sandbox.Folder.Certificate);
        return certificate.GetCertHashString();
    }
}
