using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Core.Backups;

namespace MailAdmin.Core.Audit;

/// <summary>The audit as text, one event a line in JSON, oldest first: for a copy on another machine.</summary>
public static class AuditLines
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(AuditEvent item) => JsonSerializer.Serialize(Line.Of(item), Json);

    /// <exception cref="BackupException">A line is not an event.</exception>
    public static async IAsyncEnumerable<AuditEvent> ReadAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var text in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (text.Length > 0) yield return Parse(path, number, text);
        }
    }

    /// <summary>A text in an event's fields; null if there is none of that name.</summary>
    internal static string? Field(string? fields, string name)
    {
        if (fields is null) return null;
        using var document = JsonDocument.Parse(fields);
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
    }

    private static AuditEvent Parse(string path, int number, string text)
    {
        try
        {
            return (JsonSerializer.Deserialize<Line>(text, Json) ?? throw new JsonException()).Event();
        }
        catch (JsonException e)
        {
            throw new BackupException(BackupProblems.AuditLineMalformed(path, number), e);
        }
    }

    private sealed record Line(
        long Id, long ChangeId, DateTimeOffset At, long? AdminId, string ActorName, string? RemoteAddress, string Kind, long? DomainId,
        string? Domain, string Subject, string? Before, string? After, string Hash)
    {
        public static Line Of(AuditEvent e) => new(
            e.Id, e.ChangeId, e.At, e.AdminId, e.ActorName, e.RemoteAddress, e.Kind, e.DomainId, e.Domain, e.Subject, e.Before, e.After,
            e.Hash);

        public AuditEvent Event() => new()
        {
            Id = Id,
            ChangeId = ChangeId,
            At = At,
            AdminId = AdminId,
            ActorName = ActorName ?? throw new JsonException(),
            RemoteAddress = RemoteAddress,
            Kind = Kind ?? throw new JsonException(),
            DomainId = DomainId,
            Domain = Domain,
            Subject = Subject ?? throw new JsonException(),
            Before = Before,
            After = After,
            Hash = Hash ?? throw new JsonException(),
        };
    }
}
