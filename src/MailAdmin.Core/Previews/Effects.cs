using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Routing;

namespace MailAdmin.Core.Previews;

/// <summary>One row of a Postfix map that a change writes.</summary>
/// <param name="Before">Null if the key does not exist yet.</param>
/// <param name="After">Null if the key is removed.</param>
public sealed record MapChange(PostfixMap Map, string Key, string? Before, string? After, MapOwner Owner, long OwnerId)
{
    /// <summary>The domain of the account, address or name that the row belongs to; null if it belongs to none, or was not read.</summary>
    public long? DomainId { get; init; }
}

/// <summary>All map rows that a change writes, and its audit events.</summary>
public sealed class Effects
{
    internal Effects(IEnumerable<MapChange> maps, IEnumerable<AuditEvent> events)
    {
        Maps = [.. maps.OrderBy(m => m.Map).ThenBy(m => m.Key, StringComparer.Ordinal)];
        Stamp = StampOf(Maps, events);
    }

    public IReadOnlyList<MapChange> Maps { get; internal init; }

    /// <summary>A hash that differs whenever any effect differs; it reveals no names.</summary>
    public string Stamp { get; internal init; }

    private static string StampOf(IEnumerable<MapChange> maps, IEnumerable<AuditEvent> events)
    {
        var text = new StringBuilder();
        foreach (var map in maps) Append(text, map.Map.ToString(), map.Key, map.Before, map.After);
        foreach (var item in events) Append(text, item.Kind, item.Domain, item.Subject, item.Before, item.After);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Lengths precede the fields, so that no text can be moved from one field into the next.
    private static void Append(StringBuilder text, params ReadOnlySpan<string?> fields)
    {
        foreach (var field in fields)
        {
            if (field is null) text.Append("-;");
            else text.Append(field.Length).Append(':').Append(field).Append(';');
        }
    }
}
