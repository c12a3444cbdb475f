using System.Buffers.Binary;
using System.Text;

namespace MailAdmin.Provisioning.Logins;

internal enum SaslauthdReading
{
    /// <summary>Right so far, but not all has come yet.</summary>
    Incomplete,
    Complete,

    /// <summary>It will never be a request.</summary>
    Malformed,
}

/// <summary>
/// What libsasl writes to saslauthd's socket: user, password, service, realm, each a 16-bit big-endian length and its octets, and nothing
/// behind.
/// </summary>
internal static class SaslauthdRequest
{
    /// <summary>Octets of one field: more than any name or password has.</summary>
    public const int MaxField = 1_024;

    /// <summary>Octets of the longest request.</summary>
    public const int MaxLength = Fields * (LengthOctets + MaxField);

    private const int Fields = 4;
    private const int LengthOctets = 2;

    /// <summary>Reads what has come so far. Call it again with more when <see cref="SaslauthdReading.Incomplete"/>.</summary>
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

    // What is not UTF-8 becomes U+FFFD, which is in no name.
    private static string Text(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets);
}
