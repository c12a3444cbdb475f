using System.Text.Json;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Postfix;

/// <param name="Reason">Why the message was not delivered to this recipient yet, in Postfix' words; null before the first attempt.</param>
internal sealed record QueuedRecipient(string Address, string? Reason);

/// <param name="Queue">Postfix' name of the message's queue: deferred, active, hold.</param>
/// <param name="Recipients">The recipients that have not received it yet.</param>
internal sealed record QueuedMail(string Id, string Queue, IReadOnlyList<QueuedRecipient> Recipients)
{
    public DateTimeOffset ArrivedAt { get; init; }

    /// <summary>The envelope sender; empty for a bounce.</summary>
    public string Sender { get; init; } = "";

    /// <summary>Octets.</summary>
    public long Size { get; init; }

    /// <summary>
    /// Whether the message is in the deferred queue, so that it can be requeued. A message that is being delivered comes back here or is
    /// gone.
    /// </summary>
    public bool IsDeferred => Queue == "deferred";

    /// <summary>Whether somebody has put the message on hold; it stays there.</summary>
    public bool IsOnHold => Queue == "hold";
}

/// <summary>The messages that wait on this host, listed with postqueue(1) and requeued with postsuper(1).</summary>
internal sealed class MailQueue(MapOptions options)
{
    // More ids at once would make a long command, during which nothing else is checked.
    private const int Batch = 500;

    // How postqueue prints the empty sender.
    private const string NullSender = "MAILER-DAEMON";

    private string? _incoming;

    /// <summary>Lists the messages with recipients in these domains, without their other recipients.</summary>
    /// <exception cref="CommandException">postqueue failed.</exception>
    public async Task<IReadOnlyList<QueuedMail>> ListAsync(IReadOnlySet<string> domains, CancellationToken cancellationToken)
    {
        var listed = await CommandRunner.RunAsync(new(options.Postqueue, [.. options.ConfigArguments, "-j"]), cancellationToken);
        var mail = listed.Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Read(line, domains));
        return [.. mail.Where(m => m.Recipients.Count > 0)];
    }

    /// <summary>
    /// Requeues messages, so that cleanup expands their recipients again: it otherwise does so only when a message is received. Ids that
    /// are gone meanwhile, or being delivered again, are no error.
    /// </summary>
    /// <exception cref="CommandException">postsuper failed, or the panel may not run it.</exception>
    public async Task RequeueAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(Batch))
        {
            string[] command = [.. options.Postsuper ?? ["/usr/sbin/postsuper"], .. options.ConfigArguments, "-r", "-", "deferred"];
            (await CommandRunner.RunAsync(new(command) { Input = batch }, cancellationToken)).Succeeded();
        }
    }

    /// <summary>
    /// The messages that are being received at this moment, whose recipients cleanup may have expanded already; null if the panel may not
    /// read the folder.
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
