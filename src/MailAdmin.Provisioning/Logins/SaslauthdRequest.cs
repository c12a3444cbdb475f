using System.Buffers.Binary;
using System.Text;

namespace MailAdmin.Provisioning.Logins;

internal enum SaslauthdReading
{
    /// <summary>Valid so far, but incomplete.</summary>
    Incomplete,
    Complete,

    /// <summary>Invalid, whatever follows.</summary>
    Malformed,
}

/// <summary>
/// The request that libsasl writes to saslauthd's socket: user, password, service and realm, each a 16-bit big-endian length and its
/// octets, and nothing after them.
/// </summary>
internal static class SaslauthdRequest
{
    /// <summary>Octets of one field: longer than any name or password.</summary>
    public const int MaxField = 1_024;

    /// <summary>Octets of the longest request.</summary>
    public const int MaxLength = Fields * (LengthOctets + MaxField);

    private const int Fields = 4;
    private const int LengthOctets = 2;

    /// <summary>Reads what has arrived so far. On <see cref="SaslauthdReading.Incomplete"/>, the caller calls it again with more.</summary>
    public static SaslauthdReading Read(ReadOnlySpan<byte> octets, out LoginRequest? request)
    {
        request = null;
        Span<Range> fields = stackalloc Range[Fields];
        var position = 0;
        foreach (ref var field in fields)
        {
            if (octets.Length - position < LengthOctets) return SaslauthdReading.Incomplete;
            var length = BinaryPrimitives.ReadUInt16BigEndian(octets[position..]);
            if (length > MaxField) return SaslauthdReading.Malformed;
            position += LengthOctets;
            if (octets.Length - position < length) return SaslauthdReading.Incomplete;
            field = position..(position + length);
            position += length;
        }

        if (position < octets.Length) return SaslauthdReading.Malformed;
        request = new LoginRequest(Text(octets[fields[0]]), octets[fields[1]].ToArray(), Text(octets[fields[2]]), Text(octets[fields[3]]));
        return SaslauthdReading.Complete;
    }

    // Invalid UTF-8 becomes U+FFFD, which no name contains.
    private static string Text(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets);
}
