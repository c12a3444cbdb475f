using System.Globalization;
using System.Text;

namespace MailAdmin.Provisioning.Sending;

/// <summary>A request of Postfix (SMTPD_POLICY_README): lines of <c>name=value</c>, ended by an empty line.</summary>
/// <param name="State">The message's stage: <c>MAIL</c>, <c>RCPT</c>, <c>DATA</c>.</param>
/// <param name="Login">The name that the client signed in with, in the client's spelling; empty without a sign-in.</param>
/// <param name="Recipients">The recipients accepted so far; at <c>DATA</c>, all of them.</param>
internal sealed record PolicyRequest(string State, string Login, int Recipients)
{
    /// <summary>The longest request that is read, in octets.</summary>
    public const int MaxLength = 16_384;

    private static ReadOnlySpan<byte> End => "\n\n"u8;

    /// <summary>Reads the first request in the octets received so far.</summary>
    /// <param name="length">The request's octets including its end; 0 while it is incomplete.</param>
    public static PolicyRequest? Read(ReadOnlySpan<byte> octets, out int length)
    {
        var end = octets.IndexOf(End);
        length = end < 0 ? 0 : end + End.Length;
        if (end < 0) return null;
        var (state, login, recipients) = ("", "", 0);
        foreach (var range in octets[..end].Split((byte)'\n'))
        {
            var line = octets[range];
            var sign = line.IndexOf((byte)'=');
            if (sign < 0) continue;
            var name = line[..sign];
            var value = line[(sign + 1)..];
            if (name.SequenceEqual("protocol_state"u8)) state = Encoding.ASCII.GetString(value);
            else if (name.SequenceEqual("sasl_username"u8)) login = Encoding.UTF8.GetString(value);
            else if (name.SequenceEqual("recipient_count"u8)) _ = int.TryParse(value, CultureInfo.InvariantCulture, out recipients);
        }
        return new(state, login, recipients);
    }
}
