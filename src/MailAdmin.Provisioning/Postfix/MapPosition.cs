using System.Globalization;
using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// How far a map is, written into the map itself as its last row: a restored, half-written or exchanged file betrays itself.
/// </summary>
/// <param name="DatabaseId">The database that it follows.</param>
/// <param name="Sequence">Every change up to this one is in the map.</param>
internal sealed record MapPosition(string DatabaseId, long Sequence)
{
    // No address and no domain can be this.
    public const string Key = "!sequence";

    public MapLine Line => MapLine.Of(Key, string.Create(CultureInfo.InvariantCulture, $"{DatabaseId}:{Sequence}"));

    public bool IsOf(MapHead head) => DatabaseId == head.DatabaseId && Sequence <= head.Last;

    public static MapPosition? Parse(string? text)
    {
        var parts = (text ?? "").Split(':');
        return parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new(parts[0], sequence)
            : null;
    }
}
