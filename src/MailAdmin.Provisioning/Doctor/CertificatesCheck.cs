using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Installation;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that certificates stay valid for a while, and match the names by which their servers are reached.</summary>
internal sealed class CertificatesCheck(DoctorOptions options, TimeProvider clock) : Check("Certificates")
{
    // Enough time for an admin who renews by hand.
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(options.Certificates.Select(place => CheckAsync(place, cancellationToken)));
        return [.. found.SelectMany(f => f)];
    }

    private async Task<IReadOnlyList<Finding>> CheckAsync(string place, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(place, UriKind.Absolute, out var uri) || uri.Port <= 0)
            return [new("CertificatePlaceOdd", $"{options.SettingsFile}: Doctor:Certificates", null, place)];
        try
        {
            var (certificate, errors) = await CertificateProbe.ReadAsync(uri, cancellationToken);
            using (certificate) return [.. Judge(uri, certificate, Loopback.Is(uri.Host) ? SslPolicyErrors.None : errors)];
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            return [new("CertificateUnread", place, null, place, e.Message)];
        }
    }

    private IEnumerable<Finding> Judge(Uri uri, X509Certificate2 certificate, SslPolicyErrors errors)
    {
        var (now, ends) = (clock.GetUtcNow(), new DateTimeOffset(certificate.NotAfter));
        if (now >= ends) yield return new("CertificateExpired", uri.ToString(), null, certificate.Subject, ends);
        else if (now >= ends - Soon) yield return new("CertificateEndsSoon", uri.ToString(), null, certificate.Subject, ends);
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            yield return new("CertificateOfOther", uri.ToString(), null, certificate.Subject, uri.Host);
        else if (errors != SslPolicyErrors.None && CertificatePair.IsSelfMade(certificate))
            yield return new("CertificateSelfMade", uri.ToString(), "mailadmin certificate CERTIFICATE KEY", uri.Host);
        else if (errors != SslPolicyErrors.None && now < ends) yield return new(
            "CertificateUntrusted", uri.ToString(), null, certificate.Subject);
    }
}
