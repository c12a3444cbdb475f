using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailAdmin.Provisioning.Installation;

/// <summary>A certificate with its chain, and the key: both as PEM.</summary>
public sealed record CertificatePair(byte[] Certificate, byte[] Key)
{
    private const string Issuer = "MailAdmin, until a real certificate comes";
    private const int Days = 3650;
    private const int LongestCommonName = 64;

    /// <summary>Makes a certificate that signs itself: with it mail programs ask their users whether to trust the server.</summary>
    public static CertificatePair SelfSigned(IReadOnlyList<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names) alternatives.AddDnsName(name);
        // Longer names have no room in it (RFC 5280, appendix A.1); programs read the alternative names.
        var subject = names[0].Length <= LongestCommonName ? $"CN={names[0]}, O=\"{Issuer}\"" : $"O=\"{Issuer}\"";
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(Days));
        return new(
            Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"),
            Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
    }

    /// <summary>Reads a certificate and its key from files, and looks whether a mail server can use them.</summary>
    /// <param name="certificate">PEM: the host's own certificate first, then its chain.</param>
    /// <param name="key">PEM, without a passphrase.</param>
    /// <param name="host">The name that mail programs connect to.</param>
    /// <param name="now">The present.</param>
    public static (CertificatePair? Pair, Obstacle? Obstacle) Read(string certificate, string key, string host, DateTimeOffset now)
    {
        foreach (var file in (string[])[certificate, key])
            if (!File.Exists(file)) return (null, new("FileMissing", file));
        try
        {
            using var pair = X509Certificate2.CreateFromPemFile(certificate, key);
            if (pair.NotAfter <= now.LocalDateTime) return (null, new("CertificateExpired", certificate, pair.NotAfter));
            if (!pair.MatchesHostname(host)) return (null, new("CertificateOfOther", certificate, host));
            return (new(File.ReadAllBytes(certificate), File.ReadAllBytes(key)), null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return (null, new("CertificateUnusable", certificate, key, e.Message));
        }
    }

    /// <summary>Whether it is a certificate that <see cref="SelfSigned"/> made.</summary>
    public static bool IsSelfMade(X509Certificate2 certificate) =>
        certificate.Subject == certificate.Issuer && certificate.Subject.Contains(Issuer, StringComparison.Ordinal);
}
