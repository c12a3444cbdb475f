using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit.Utils;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// What tells whether two messages are the same one when their UIDs don't: when the other server received it, its Message-ID or else a hash
/// of its header, and its size.
/// </summary>
internal readonly record struct MessageIdentity(long ReceivedAt, string Key, long Octets)
{
    /// <summary>The fields to ask for.</summary>
    public const string Fields = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE FROM TO SUBJECT)]";

    /// <param name="header">The whole header, or those fields of it.</param>
    /// <param name="receivedAt">INTERNALDATE.</param>
    /// <param name="octets">RFC822.SIZE.</param>
    public static MessageIdentity Of(ReadOnlySpan<byte> header, DateTimeOffset receivedAt, long octets)
    {
        var fields = FieldsOf(header);
        var key = fields.GetValueOrDefault("message-id") is { Length: > 0 } id ? id : Hash(fields);
        return new(receivedAt.ToUnixTimeSeconds(), key, octets);
    }

    /// <summary>The subject as people read it, at most 200 characters; null if there is none.</summary>
    public static string? Subject(ReadOnlySpan<byte> header)
    {
        const int MaxLength = 200;
        if (FieldsOf(header).GetValueOrDefault("subject") is not { Length: > 0 } raw) return null;
        var text = new string([.. Rfc2047.DecodeText(Encoding.Latin1.GetBytes(raw)).Where(c => !char.IsControl(c))]);
        return text.Length > MaxLength ? text[..MaxLength] + "…" : text;
    }

    private static string Hash(Dictionary<string, string> fields)
    {
        var text = new StringBuilder("#");
        foreach (var name in (string[])["date", "from", "to", "subject"])
            text.Append(CultureInfo.InvariantCulture, $"{name}:{fields.GetValueOrDefault(name)}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    // Servers fold as they like, and some answer the fields in another order.
    private static Dictionary<string, string> FieldsOf(ReadOnlySpan<byte> header)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? name = null;
        foreach (var line in Encoding.Latin1.GetString(header).Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (line.Length == 0) break;
            if (line[0] is ' ' or '\t')
            {
                if (name is not null) fields[name] += " " + line.Trim();
                continue;
            }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            name = colon > 0 ? line[..colon].Trim() : null;
            if (name is not null && !fields.TryAdd(name, line[(colon + 1)..].Trim())) name = null;
        }
        return fields;
    }
}
