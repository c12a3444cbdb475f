using System.Globalization;
using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// The position of a map, stored in the map itself as its last row, so that a restored, half-written or exchanged file is detected.
/// </summary>
/// <param name="DatabaseId">The database that the map follows.</param>
/// <param name="Sequence">The map contains every change up to this one.</param>
internal sealed record MapPosition(string DatabaseId, long Sequence)
{
    // No address and no domain can have this value.
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
