using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Tests.Cyrus;

public sealed class ImapTransportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("imap.exemple.be")]
    [InlineData("10.0.0.1")]
    public async Task A_certificate_by_nobody_is_refused(string host) =>
        await Assert.ThrowsAsync<AuthenticationException>(() => HandshakeAsync(host));

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task On_loopback_it_will_do(string host) => await HandshakeAsync(host);

    [Fact]
    // C122: GHSA-9j88-vvj5-vhgr and GHSA-g7hc-96xr-gvvx are fixed from 4.16 on.
    public void The_libraries_are_the_mended_ones()
    {
        Assert.True(typeof(MailKit.MailService).Assembly.GetName().Version >= new Version(4, 16));
        Assert.True(typeof(MimeKit.MimeMessage).Assembly.GetName().Version >= new Version(4, 16));
    }

    // The certificate has to be valid for the host name. The socket is on loopback in any case.
    private static async Task HandshakeAsync(string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);
        var local = new CyrusOptions { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        using var socket = await ImapTransport.ConnectAsync(local, Cancellation);
        await using var plain = new NetworkStream(socket);
        await using var secured = await ImapTransport.SecureAsync(plain, new CyrusOptions { Host = host }, Cancellation);
        await serving;
    }

    private static async Task ServeAsync(TcpListener listener)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=imap.exemple.be", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        await using var secured = new SslStream(client.GetStream());
        await secured.AuthenticateAsServerAsync(certificate);
    }
}
