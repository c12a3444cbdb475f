using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks that no server accepts TLS 1.0 or 1.1 (RFC 8996). The ClientHello is written octet by octet: this machine's own TLS library would
/// refuse the old versions itself, whatever the server accepts.
/// </summary>
internal sealed class OldTlsCheck(DoctorOptions options) : Check("OldTls")
{
    // The version's minor number on the wire, and its name.
    private static readonly (byte Minor, string Name)[] Old = [(1, "TLS 1.0"), (2, "TLS 1.1")];

    // Cipher suites that old servers share, for any kind of key; 00FF signals secure renegotiation (RFC 5746).
    private static readonly ushort[] Suites = [0xC013, 0xC014, 0xC009, 0xC00A, 0x002F, 0x0035, 0x0033, 0x0039, 0x00FF];

    // Named groups (x25519, P-256, P-384), and uncompressed points.
    private static readonly byte[] Extensions = [0, 10, 0, 8, 0, 6, 0, 29, 0, 23, 0, 24, 0, 11, 0, 2, 1, 0];

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var places = options.Certificates.Select(c => Uri.TryCreate(c, UriKind.Absolute, out var uri) && uri.Port > 0 ? uri : null)
            .OfType<Uri>();
        var found = await Task.WhenAll(
            from place in places from version in Old select CheckAsync(place, version.Minor, version.Name, cancellationToken));
        return [.. found.OfType<Finding>()];
    }

    // A server that does not answer is reported by the certificates check.
    private static async Task<Finding?> CheckAsync(Uri place, byte minor, string version, CancellationToken cancellationToken)
    {
        try
        {
            return await SpeaksAsync(place, minor, cancellationToken)
                ? new("TlsOld", place.ToString(), null, place.Authority, version) : null;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return null;
        }
    }

    private static async Task<bool> SpeaksAsync(Uri place, byte minor, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(place.Host, place.Port, cancellationToken);
        var stream = client.GetStream();
        await CertificateProbe.StartAsync(place.Scheme, stream, cancellationToken);
        await stream.WriteAsync(Hello(minor), cancellationToken);
        // A record of type 22 with message type 2 is the ServerHello; a refusal is an alert (21) or the end of the connection.
        var answer = new byte[6];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return answer is [22, 3, _, _, _, 2];
    }

    // ClientHello of RFC 4346, section 7.4.1.2, in one record.
    private static byte[] Hello(byte minor)
    {
        byte[] suites = [.. Suites.SelectMany(s => (byte[])[(byte)(s >> 8), (byte)s])];
        byte[] body = [3, minor, .. RandomNumberGenerator.GetBytes(32), 0, .. Length(suites), .. suites, 1, 0, .. Length(Extensions),
            .. Extensions];
        byte[] message = [1, 0, .. Length(body), .. body];
        return [22, 3, 1, .. Length(message), .. message];
    }

    private static byte[] Length(byte[] octets)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)octets.Length);
        return length;
    }
}
