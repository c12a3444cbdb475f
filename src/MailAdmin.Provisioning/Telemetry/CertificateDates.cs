using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Authentication;
using MailAdmin.Provisioning.Doctor;

namespace MailAdmin.Provisioning.Telemetry;

/// <summary>When the certificates end that the doctor checks, as the servers showed them last.</summary>
internal sealed class CertificateDates(DoctorOptions options)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    /// <summary>By place, such as <c>imaps://imap.example.org:993</c>. A server that never showed its certificate is missing.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Ends => _ends;

    /// <summary>Asks every server.</summary>
    /// <returns>Whether all of them answered. Of the others the earlier date stays.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(options.Certificates.Select(place => ReadAsync(place, cancellationToken)));
        return read.All(r => r);
    }

    private async Task<bool> ReadAsync(string place, CancellationToken cancellationToken)
    {
        // The doctor names a setting that is no address.
        if (!Uri.TryCreate(place, UriKind.Absolute, out var uri) || uri.Port <= 0) return true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            var (certificate, _) = await CertificateProbe.ReadAsync(uri, limit.Token);
            using (certificate) _ends[place] = new DateTimeOffset(certificate.NotAfter);
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
