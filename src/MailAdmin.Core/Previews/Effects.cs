using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Routing;

namespace MailAdmin.Core.Previews;

/// <summary>One row of a Postfix map that a change writes.</summary>
/// <param name="Before">Null: the key is not there yet.</param>
/// <param name="After">Null: the key goes.</param>
public sealed record MapChange(PostfixMap Map, string Key, string? Before, string? After, MapOwner Owner, long OwnerId)
{
    /// <summary>The domain whose account, address or name the row is of; null where it is of none, or not asked for.</summary>
    public long? DomainId { get; init; }
}

/// <summary>All that a change does to the maps, and what it leaves in the audit.</summary>
public sealed class Effects
{
    internal Effects(IEnumerable<MapChange> maps, IEnumerable<AuditEvent> events)
    {
        Maps = [.. maps.OrderBy(m => m.Map).ThenBy(m => m.Key, StringComparer.Ordinal)];
        Stamp = StampOf(Maps, events);
    }

    public IReadOnlyList<MapChange> Maps { get; internal init; }

    /// <summary>Differs when anything does that the change would do; it names nothing.</summary>
    public string Stamp { get; internal init; }

    private static string StampOf(IEnumerable<MapChange> maps, IEnumerable<AuditEvent> events)
    {
        var text = new StringBuilder();
        foreach (var map in maps) Append(text, map.Map.ToString(), map.Key, map.Before, map.After);
        foreach (var item in events) Append(text, item.Kind, item.Domain, item.Subject, item.Before, item.After);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Lengths before the fields, so that no text can be moved from one into the next.
    private static void Append(StringBuilder text, params ReadOnlySpan<string?> fields)
    {
        foreach (var field in fields)
        {
            if (field is null) text.Append("-;");
            else text.Append(field.Length).Append(':').Append(field).Append(';');
        }
    }
}
