using System.Text.Json;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Postfix;

/// <param name="Reason">Why it did not get the message yet, in the words of Postfix; null before the first try.</param>
internal sealed record QueuedRecipient(string Address, string? Reason);

/// <param name="Queue">Postfix' name of the queue that it is in: deferred, active, hold.</param>
/// <param name="Recipients">Those that it still waits for.</param>
internal sealed record QueuedMail(string Id, string Queue, IReadOnlyList<QueuedRecipient> Recipients)
{
    public DateTimeOffset ArrivedAt { get; init; }

    /// <summary>The envelope sender; empty for a bounce.</summary>
    public string Sender { get; init; } = "";

    /// <summary>Octets.</summary>
    public long Size { get; init; }

    /// <summary>Whether it lies still, so that it can be taken up anew. What is under way at present comes back here, or is gone.</summary>
    public bool IsDeferred => Queue == "deferred";

    /// <summary>Somebody has put it aside; it stays there.</summary>
    public bool IsOnHold => Queue == "hold";
}

/// <summary>The mail that waits on this host, seen with postqueue(1) and taken up anew with postsuper(1).</summary>
internal sealed class MailQueue(MapOptions options)
{
    // More at once would be a long command in which nothing else is looked at.
    private const int Batch = 500;

    // So postqueue prints the empty sender.
    private const string NullSender = "MAILER-DAEMON";

    private string? _incoming;

    /// <summary>Mail with recipients in these domains, less its other recipients.</summary>
    /// <exception cref="CommandException">postqueue failed.</exception>
    public async Task<IReadOnlyList<QueuedMail>> ListAsync(IReadOnlySet<string> domains, CancellationToken cancellationToken)
    {
        var listed = await CommandRunner.RunAsync(new(options.Postqueue, [.. options.ConfigArguments, "-j"]), cancellationToken);
        var mail = listed.Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Read(line, domains));
        return [.. mail.Where(m => m.Recipients.Count > 0)];
    }

    /// <summary>
    /// Has cleanup expand their recipients once more: it does so when mail is taken in, and never again. Ids that are gone meanwhile, or
    /// under way again, are no fault.
    /// </summary>
    /// <exception cref="CommandException">postsuper failed, or is not for us.</exception>
    public async Task RequeueAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(Batch))
        {
            string[] command = [.. options.Postsuper ?? ["/usr/sbin/postsuper"], .. options.ConfigArguments, "-r", "-", "deferred"];
            (await CommandRunner.RunAsync(new(command) { Input = batch }, cancellationToken)).Succeeded();
        }
    }

    /// <summary>
    /// Messages that are being received at this moment, whose recipients cleanup may have expanded already; null when we may not look.
    /// </summary>
    /// <exception cref="CommandException">postconf failed.</exception>
    public async Task<IReadOnlySet<string>?> ReceivingAsync(CancellationToken cancellationToken)
    {
        _incoming ??= await IncomingAsync(cancellationToken);
        try
        {
            // Postfix makes a queue file executable when it is complete.
            var files = new DirectoryInfo(_incoming).EnumerateFiles("*", SearchOption.AllDirectories);
            return files.Where(f => f.Exists && !f.UnixFileMode.HasFlag(UnixFileMode.UserExecute)).Select(f => f.Name)
                .ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    private async Task<string> IncomingAsync(CancellationToken cancellationToken)
    {
        var told = await CommandRunner.RunAsync(
            new(options.Postconf, [.. options.ConfigArguments, "-h", "queue_directory"]), cancellationToken);
        return Path.Combine(told.Succeeded().Output.Trim(), "incoming");
    }

    private static QueuedMail Read(string line, IReadOnlySet<string> domains)
    {
        using var json = JsonDocument.Parse(line);
        var mail = json.RootElement;
        var recipients = mail.GetProperty("recipients").EnumerateArray()
            .Select(r =>
                new QueuedRecipient(
                    r.GetProperty("address").GetString()!, r.TryGetProperty("delay_reason", out var reason) ? reason.GetString() : null))
            .Where(r => domains.Contains(r.Address[(r.Address.LastIndexOf('@') + 1)..].ToLowerInvariant()))
            .ToList();
        return new(mail.GetProperty("queue_id").GetString()!, mail.GetProperty("queue_name").GetString()!, recipients)
        {
            ArrivedAt = DateTimeOffset.FromUnixTimeSeconds(mail.GetProperty("arrival_time").GetInt64()),
            Sender = mail.GetProperty("sender").GetString() is { } sender && sender != NullSender ? sender : "",
            Size = mail.GetProperty("message_size").GetInt64(),
        };
    }
}
