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

/// <summary>Creates audit events and chains them: each hash includes the previous one.</summary>
internal static class AuditTrail
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static AuditEvent Event(Change change, string kind, MailDomain? domain, string subject, object? before, object? after) => new()
    {
        ChangeId = change.Id,
        Change = change,
        At = change.At,
        AdminId = change.AdminId,
        ActorName = change.ActorName,
        RemoteAddress = change.RemoteAddress,
        Kind = kind,
        Domain = domain?.Name.Value,
        Subject = subject,
        Before = before is null ? null : JsonSerializer.Serialize(before, Json),
        After = after is null ? null : JsonSerializer.Serialize(after, Json),
    };

    /// <summary>
    /// Numbers, chains and writes the events, and saves the new head beside the change counter, whose lock this transaction holds.
    /// </summary>
    public static async Task AppendAsync(MailContext context, AuditHead head, List<AuditEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0) return;
        foreach (var item in events)
        {
            item.Id = head.Id + 1;
            item.Hash = HashOf(head.Hash, item);
            head = new(item.Id, item.Hash);
        }
        context.AuditEvents.AddRange(events);
        await context.SaveChangesAsync(cancellationToken);
        await context.RunAsync($"""UPDATE "ChangeCounters" SET "AuditId" = {head.Id}, "AuditHash" = {head.Hash}""", cancellationToken);
    }

    /// <summary>The hash that <paramref name="item"/> must have after an event with the hash <paramref name="previous"/>.</summary>
    public static string HashOf(string previous, AuditEvent item)
    {
        List<string?> fields =
        [
            previous, Number(item.ChangeId), Number(item.At.UtcTicks), item.AdminId is { } id ? Number(id) : null, item.ActorName,
            item.RemoteAddress, item.Kind, item.Domain, item.Subject, item.Before, item.After,
        ];
        // Events from before the domain id was recorded keep their hashes.
        if (item.DomainId is { } domain) fields.Add(Number(domain));
        // Lengths precede the fields, so that no text can be moved from one field into the next.
        var text = string.Concat(fields.Select(f => f is null ? "-;" : $"{f.Length}:{f};"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
