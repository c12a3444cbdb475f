using System.Text.Json;
using MailAdmin.Core.Audit;

namespace MailAdmin.Web.Features.Audit;

/// <summary>The changes of an event, field by field.</summary>
internal static class AuditFields
{
    /// <summary>The fields that differ, in the order in which they were recorded.</summary>
    /// <param name="zone">The time zone in which times are shown.</param>
    public static IReadOnlyList<AuditField> Of(AuditEvent item, TimeZoneInfo zone)
    {
        var (before, after) = (Read(item.Before), Read(item.After));
        return [.. before.Keys.Union(after.Keys, StringComparer.Ordinal).Select(name => Of(item.Kind, name, before, after, zone))
            .OfType<AuditField>()];
    }

    private static AuditField? Of(
        string kind, string name, Dictionary<string, JsonElement> before, Dictionary<string, JsonElement> after, TimeZoneInfo zone)
    {
        var (wasThere, isThere) = (before.TryGetValue(name, out var was), after.TryGetValue(name, out var now));
        if (wasThere && isThere && JsonElement.DeepEquals(was, now)) return null;
        // A field that appears or disappears without a value is no change.
        if (!(wasThere && isThere) && IsNothing(wasThere ? was : now)) return null;
        return new(
            AuditFieldNames.Of(kind, name), wasThere
            ? AuditValues.Of(name, was, zone) : null, isThere ? AuditValues.Of(name, now, zone) : null);
    }

    private static bool IsNothing(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private static Dictionary<string, JsonElement> Read(string? json)
    {
        if (json is null) return new(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Clone(), StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            // Somebody has edited the table: the text is shown unchanged, and the verifier reports it.
        }
        return new(StringComparer.Ordinal) { [""] = JsonSerializer.SerializeToElement(json) };
    }
}
