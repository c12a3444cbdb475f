using System.Text;
using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// A line of a map's text: key, white space, value. It refuses what postmap would misread: a key that begins with <c>#</c> is a comment to
/// postmap, and a destination without a domain would go to the machine's own domain. The model must never produce such a line.
/// </summary>
internal sealed record MapLine
{
    /// <summary>The longest key in LMDB, in octets.</summary>
    private const int MaxKeyLength = 511;

    private MapLine(string key, string value) => (Key, Value) = (key, value);

    public string Key { get; }

    public string Value { get; }

    public string Text => $"{Key}\t{Value}";

    /// <exception cref="InvalidDataException">postmap or Postfix would misread the line.</exception>
    public static MapLine Of(MapEntry entry)
    {
        var value = entry.Value ?? throw new ArgumentException("The key is to be absent.", nameof(entry));
        Check(entry.Map, Encoding.UTF8.GetBytes(entry.Key), Encoding.UTF8.GetBytes(value));
        return new(entry.Key, value);
    }

    public static MapLine Of(string key, string value)
    {
        Check(null, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
        return new(key, value);
    }

    /// <summary>Checks a line in UTF-8 without splitting it: a rebuild calls this a million times.</summary>
    /// <exception cref="InvalidDataException">postmap or Postfix would misread the line.</exception>
    public static void Check(PostfixMap? map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var keyIsFine = key.Length is > 0 and <= MaxKeyLength && key[0] != '#' && !key.ContainsAnyExceptInRange((byte)'!', (byte)'~');
        var valueIsFine = value.Length > 0 && value[0] != ' ' && value[^1] != ' ' && !value.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        if (!keyIsFine || !valueIsFine)
            throw new InvalidDataException($"no line of a map: '{Encoding.UTF8.GetString(key)}' '{Encoding.UTF8.GetString(value)}'");
        if (map == PostfixMap.Virtual && !LeadsToDomains(value))
            throw new InvalidDataException($"virtual: {Encoding.UTF8.GetString(key)} would lead to a name without a domain");
    }

    private static bool LeadsToDomains(ReadOnlySpan<byte> value)
    {
        foreach (var destination in value.Split((byte)','))
            if (!value[destination].Contains((byte)'@')) return false;
        return true;
    }
}
