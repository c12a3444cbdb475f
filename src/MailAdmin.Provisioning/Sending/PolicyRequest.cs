using System.Globalization;
using System.Text;

namespace MailAdmin.Provisioning.Sending;

/// <summary>What Postfix asks (SMTPD_POLICY_README): lines of <c>name=value</c>, and an empty one at the end.</summary>
/// <param name="State">How far the message is: <c>MAIL</c>, <c>RCPT</c>, <c>DATA</c>.</param>
/// <param name="Login">As whom the client signed in, as it spelt the name; empty for who did not.</param>
/// <param name="Recipients">Recipients taken so far; all of them at <c>DATA</c>.</param>
internal sealed record PolicyRequest(string State, string Login, int Recipients)
{
    /// <summary>Octets of the longest request that is read.</summary>
    public const int MaxLength = 16_384;

    private static ReadOnlySpan<byte> End => "\n\n"u8;

    /// <summary>Takes the first request of what has come.</summary>
    /// <param name="length">Its octets, the end included; 0 while it is not whole.</param>
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
