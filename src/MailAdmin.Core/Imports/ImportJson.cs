using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Imports;

/// <summary>Changes and problems as they are kept with a row, so that a page can tell them in the reader's language later.</summary>
public static class ImportJson
{
    public static string? Of(IReadOnlyCollection<FieldChange> changes) => changes.Count == 0 ? null : JsonSerializer.Serialize(changes);

    public static IReadOnlyList<FieldChange> ChangesOf(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<List<FieldChange>>(json) ?? [];

    public static string? Of(IReadOnlyCollection<Problem> problems) => problems.Count == 0 ? null : new JsonArray(
        [.. problems.Select(p => new JsonObject
        {
            ["code"] = p.Code,
            ["field"] = p.Field,
            ["args"] = new JsonArray([.. p.Args.Select(Arg)]),
        })]).ToJsonString();

    public static IReadOnlyList<Problem> ProblemsOf(string? json) => json is null ? [] : [.. JsonNode.Parse(json)!.AsArray().Select(
        p => new Problem((string)p!["code"]!, (string?)p["field"], [.. p["args"]!.AsArray().Select(Arg)]))];

    private static JsonNode Arg(object arg) => arg switch
    {
        int number => JsonValue.Create(number),
        Quota quota => new JsonObject { ["kib"] = quota.KiB },
        DateOnly day => new JsonObject { ["day"] = day.ToString("O", CultureInfo.InvariantCulture) },
        _ => JsonValue.Create(arg.ToString() ?? ""),
    };

    private static object Arg(JsonNode? node) => node switch
    {
        JsonObject { } o when o["kib"] is { } kib => new Quota((long)kib),
        JsonObject o => DateOnly.ParseExact((string)o["day"]!, "O", CultureInfo.InvariantCulture),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => (int)value,
        _ => (string)node!,
    };
}
