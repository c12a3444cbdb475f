using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// Fetches messages of the folder that is open on the other server, ahead of their being appended here. Small ones are fetched together and
/// kept in memory, some megabytes at most; a large one goes through a file.
/// </summary>
internal sealed class SourceReader(ImapWire source, CopyPace pace)
{
    /// <summary>In octets; a larger message is fetched alone, through a file.</summary>
    public const long MaxSmall = 1 << 20;

    private const int BatchMessages = 100;
    private const long BatchOctets = 2 << 20;

    /// <summary>Fetches these messages. What is gone meanwhile is left out.</summary>
    public async IAsyncEnumerable<IReadOnlyList<FetchResult>> ReadAsync(
        IReadOnlyList<SourceMessage> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<IReadOnlyList<FetchResult>>(1);
        var reading = FillAsync(ahead.Writer, messages, end.Token);
        try
        {
            await foreach (var batch in ahead.Reader.ReadAllAsync(cancellationToken)) yield return batch;
            await reading;
        }
        finally
        {
            await end.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (ahead.Reader.TryRead(out var left)) Discard(left);
        }
    }

    private async Task FillAsync(
        ChannelWriter<IReadOnlyList<FetchResult>> ahead, IReadOnlyList<SourceMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in Batches(messages))
            {
                var results = batch is [{ Octets: > MaxSmall } large] ? await FetchLargeAsync(large) : await FetchAsync(batch);
                await pace.WaitAsync(batch.Sum(m => m.Octets), cancellationToken);
                await ahead.WriteAsync(results, cancellationToken);
            }
            ahead.Complete();
        }
        catch (Exception e)
        {
            ahead.Complete(e);
        }
    }

    private static IEnumerable<List<SourceMessage>> Batches(IEnumerable<SourceMessage> messages)
    {
        var (batch, octets) = (new List<SourceMessage>(), 0L);
        foreach (var message in messages)
        {
            if (batch.Count > 0 && (batch.Count == BatchMessages || octets + message.Octets > BatchOctets || message.Octets > MaxSmall))
            {
                yield return batch;
                (batch, octets) = ([], 0);
            }
            batch.Add(message);
            octets += message.Octets;
        }
        if (batch.Count > 0) yield return batch;
    }

    private async Task<IReadOnlyList<FetchResult>> FetchAsync(List<SourceMessage> batch)
    {
        var bodies = new Dictionary<uint, byte[]>();
        byte[]? body = null;
        // As many sets as it takes: a server that refuses one of the messages refuses its set.
        var end = await source.AskAsync(
            $"UID FETCH {string.Join(',', ImapSets.Of(batch.Select(m => m.Uid)))} (UID BODY.PEEK[])", Take, ReadBodyAsync);
        if (!ImapWire.IsOk(end) && batch.Count > 1) return await FetchOneByOneAsync(batch, bodies);
        return [.. batch.Select(m => Result(m, bodies.GetValueOrDefault(m.Uid), end)).OfType<FetchResult>()];

        async ValueTask<bool> ReadBodyAsync(string text, long octets)
        {
            if (!IsBody(text)) return false;
            // The server told a smaller size before, so this message is not read into memory.
            if (octets > 4 * MaxSmall) throw new IOException($"the server sent {octets} octets for a small message");
            body = new byte[octets];
            await source.ReadExactlyAsync(body);
            return true;
        }

        void Take(List<object?> tokens)
        {
            if (FetchedItems.Of(tokens) is { Uid: { } uid, Text: { } text }) bodies[uid] = body ?? text;
            body = null;
        }
    }

    private async Task<IReadOnlyList<FetchResult>> FetchOneByOneAsync(List<SourceMessage> batch, Dictionary<uint, byte[]> bodies)
    {
        var results = new List<FetchResult>();
        foreach (var message in batch)
        {
            if (bodies.TryGetValue(message.Uid, out var body)) results.Add(Result(message, body, "OK")!);
            else results.AddRange(await FetchAsync([message]));
        }
        return results;
    }

    private static FetchResult? Result(SourceMessage message, byte[]? body, string end)
    {
        if (body is null) return ImapWire.IsOk(end) ? null : new(message, null, new ImapRefusal(end).ResponseText);
        var repair = new MessageRepair();
        repair.Inspect(body);
        var text = repair.IsNeeded ? MessageRepair.Correct(body) : body;
        return new(message, new(message, text, null) { IsRepaired = repair.IsNeeded }, null);
    }

    private async Task<IReadOnlyList<FetchResult>> FetchLargeAsync(SourceMessage message)
    {
        LargeMessage? large = null;
        try
        {
            var command = $"UID FETCH {ImapSets.Of([message.Uid]).First()} (UID BODY.PEEK[])";
            var end = await source.AskAsync(command, null, async (text, octets) =>
            {
                if (!IsBody(text) || large is not null) return false;
                large = new LargeMessage();
                await large.ReceiveAsync(source, octets);
                return true;
            });
            if (large is null) return ImapWire.IsOk(end) ? [] : [new(message, null, new ImapRefusal(end).ResponseText)];
            return [new(message, await large.ToMessageAsync(message), null)];
        }
        catch
        {
            large?.Dispose();
            throw;
        }
    }

    // A message with NUL comes as a literal8 (RFC 3516): ~{12}.
    private static bool IsBody(string text) =>
        text[..text.LastIndexOf('{')].TrimEnd('~').EndsWith("BODY[] ", StringComparison.OrdinalIgnoreCase);

    private static void Discard(IReadOnlyList<FetchResult> results)
    {
        foreach (var result in results) result.Message?.Dispose();
    }
}
