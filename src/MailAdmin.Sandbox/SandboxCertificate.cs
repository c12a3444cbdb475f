using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Sandbox.Cyrus;

namespace MailAdmin.Sandbox;

/// <summary>
/// The self-signed certificate of the mail ports, kept across restarts so that mail programs continue to trust it.
/// </summary>
internal static class SandboxCertificate
{
    public const string Subject = "CN=localhost, O=MailAdmin sandbox";
    private const int Years = 10;

    public static async Task EnsureAsync(SandboxFolder folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (File.Exists(folder.Certificate) && File.Exists(folder.CertificateKey)) return;

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Create(key, clock.GetUtcNow());
        Directory.CreateDirectory(Path.GetDirectoryName(folder.CertificateKey)!, FileModes.Entered);
        FileModes.WritePrivate(folder.CertificateKey, key.ExportPkcs8PrivateKeyPem());
        await FileOwner.SetAsync(CyrusServer.User, [folder.CertificateKey], cancellationToken); // Postfix reads it as root
        await File.WriteAllTextAsync(folder.Certificate, certificate.ExportCertificatePem(), cancellationToken);
    }

    private static X509Certificate2 Create(ECDsa key, DateTimeOffset now)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(MailNames.Hostname);
        names.AddIpAddress(IPAddress.Loopback);

        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
    }
}
