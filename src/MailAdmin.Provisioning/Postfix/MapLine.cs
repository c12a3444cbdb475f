using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// A line of a map's text: key, white space, value. What postmap would misread is refused here (a key that begins with <c>#</c> is a comment to
/// it, a bare name as a destination would go to the machine's own domain), for nothing of that kind may come from the model.
/// </summary>
internal sealed record MapLine
{
    /// <summary>Octets of a key in LMDB.</summary>
    private const int MaxKeyLength = 511;

    private MapLine(string key, string value) => (Key, Value) = (key, value);

    public string Key { get; }

    public string Value { get; }

    public string Text => $"{Key}\t{Value}";

    /// <exception cref="InvalidDataException">postmap or Postfix would misread it.</exception>
    public static MapLine Of(MapEntry entry)
    {
        var value = entry.Value ?? throw new ArgumentException("The key is to be absent.", nameof(entry));
        if (entry.Map == PostfixMap.Virtual && !LeadsToDomains(value))
            throw new InvalidDataException($"virtual: {entry.Key} would lead to a name without a domain");
        return Of(entry.Key, value);
    }

    public static MapLine Of(string key, string value)
    {
        var keyIsFine = key.Length is > 0 and <= MaxKeyLength && key[0] != '#' && !key.AsSpan().ContainsAnyExceptInRange('!', '~');
        var valueIsFine = value.Length > 0 && value[0] != ' ' && value[^1] != ' ' && !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
        return keyIsFine && valueIsFine ? new MapLine(key, value) : throw new InvalidDataException($"no line of a map: '{key}' '{value}'");
    }

    // Without taking it apart: a rebuild asks a million times.
    private static bool LeadsToDomains(ReadOnlySpan<char> value)
    {
        foreach (var destination in value.Split(','))
            if (!value[destination].Contains('@')) return false;
        return true;
    }
}
