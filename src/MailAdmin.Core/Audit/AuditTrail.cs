using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Audit;

/// <summary>Makes audit events and chains them: each hash covers the one before it.</summary>
internal static class AuditTrail
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static AuditEvent Event(Change change, string kind, DomainName? domain, string subject, object? before, object? after) => new()
    {
        ChangeId = change.Id,
        Change = change,
        Kind = kind,
        Domain = domain?.Value,
        Subject = subject,
        Before = before is null ? null : JsonSerializer.Serialize(before, Json),
        After = after is null ? null : JsonSerializer.Serialize(after, Json),
    };

    public static async Task AppendAsync(MailContext context, List<AuditEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0) return;
        var hash = await context.AuditEvents.OrderByDescending(e => e.Id).Select(e => e.Hash).FirstOrDefaultAsync(cancellationToken) ?? "";
        foreach (var item in events) hash = item.Hash = HashOf(hash, item);
        context.AuditEvents.AddRange(events);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The hash that <paramref name="item"/> must carry after an event with <paramref name="previous"/>.</summary>
    public static string HashOf(string previous, AuditEvent item)
    {
        var change = item.Change!;
        string?[] fields =
        [
            previous, Number(change.Id), Number(change.At.UtcTicks), change.AdminId is { } id ? Number(id) : null, change.ActorName,
            change.RemoteAddress, item.Kind, item.Domain, item.Subject, item.Before, item.After,
        ];
        // Lengths before the fields, so that no text can be moved from one field into the next.
        var text = string.Concat(fields.Select(f => f is null ? "-;" : $"{f.Length}:{f};"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
