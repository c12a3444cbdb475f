using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MailAdmin.Core.MailboxCopies;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>The outcome for one message: its UID here, or the server's words why it was refused.</summary>
internal sealed record AppendResult(FetchedMessage Message, uint? Uid, string? Refusal)
{
    /// <summary>The server took it only without its keywords.</summary>
    public bool HasNoKeywords { get; init; }
}

/// <summary>
/// Appends messages to a folder here. Small ones go together (MULTIAPPEND, RFC 3502), which spares Cyrus a commit for each; if the server
/// refuses them, each goes alone, so that only the faulty one is left out.
/// </summary>
internal sealed partial class TargetWriter(TargetMailbox target, string folder)
{
    // In octets. Of a larger message the server hears the size before it gets the text, and can refuse it at once.
    private const int MaxUnasked = 128 * 1024;

    private readonly string _name = target.Quoted(folder);
    private readonly bool _hasMulti = target.Wire.Capabilities.Contains("MULTIAPPEND");

    public async Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<FetchedMessage> messages)
    {
        if (messages.Count == 0) return [];
        if (messages.Count > 1 && _hasMulti && messages.All(m => m.File is null))
        {
            var end = await AppendTogetherAsync(messages);
            if (ImapWire.IsOk(end)) return [.. messages.Zip(UidsIn(end, messages.Count), (m, uid) => new AppendResult(m, uid, null))];
        }
        var results = new List<AppendResult>(messages.Count);
        foreach (var message in messages) results.Add(await AppendAsync(message));
        return results;
    }

    private async Task<string> AppendTogetherAsync(IReadOnlyList<FetchedMessage> messages)
    {
        var tag = await StartAsync();
        var text = new ArrayBufferWriter<byte>((int)messages.Sum(m => m.Length + 100));
        foreach (var message in messages)
        {
            text.Write(Encoding.Latin1.GetBytes($" {Attributes(message, message.Source.Flags)} {{{message.Length}+}}\r\n"));
            text.Write(message.Octets.Span);
        }
        text.Write("\r\n"u8);
        await target.Wire.WriteAsync(text.WrittenMemory);
        return await target.Wire.CompleteAsync(tag);
    }

    private async Task<AppendResult> AppendAsync(FetchedMessage message)
    {
        var flags = message.Source.Flags;
        var end = await AppendAloneAsync(message, flags);
        var without = MessageFlags.WithoutKeywords(flags);
        if (ImapWire.IsOk(end)) return new(message, UidsIn(end, 1)[0], null);
        // A folder of Cyrus has room for 128 different keywords.
        if (without != flags && !IsOverQuota(end) && await AppendAloneAsync(message, without) is var second && ImapWire.IsOk(second))
            return new(message, UidsIn(second, 1)[0], null) { HasNoKeywords = true };
        return new(message, null, new ImapRefusal(end).ResponseText);
    }

    /// <summary>Whether a refusal means that the mailbox is full (RFC 9208).</summary>
    public static bool IsOverQuota(string words) =>
        words.Contains("[OVERQUOTA]", StringComparison.OrdinalIgnoreCase)
            || words.Contains("Over quota", StringComparison.OrdinalIgnoreCase);

    private async Task<string> AppendAloneAsync(FetchedMessage message, string flags)
    {
        var isAsked = message.Length > MaxUnasked;
        var tag = await StartAsync();
        await target.Wire.WriteAsync(Encoding.Latin1.GetBytes(
            $" {Attributes(message, flags)} {{{message.Length}{(isAsked ? "" : "+")}}}\r\n"));
        if (isAsked && await target.Wire.AwaitContinuationAsync(tag) is { } refused) return refused;
        if (message.File is { } file) await SendAsync(file);
        else await target.Wire.WriteAsync(message.Octets);
        await target.Wire.WriteAsync("\r\n"u8.ToArray());
        return await target.Wire.CompleteAsync(tag);
    }

    private async Task SendAsync(FileStream file)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxUnasked);
        try
        {
            file.Position = 0;
            while (await file.ReadAsync(buffer) is > 0 and var count) await target.Wire.WriteAsync(buffer.AsMemory(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Task<string> StartAsync() => target.Wire.BeginAsync($"APPEND {_name}");

    private static string Attributes(FetchedMessage message, string flags) =>
        message.Source.ReceivedAt is { } at ? $"({flags}) \"{Date(at)}\"" : $"({flags})";

    // date-time of RFC 3501; its zone has no colon.
    private static string Date(DateTimeOffset at) =>
        at.ToString("dd-MMM-yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
            + at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    private static List<uint> UidsIn(string end, int count) =>
        AppendUid().Match(end) is { Success: true } told && ImapSets.Parse(told.Groups["set"].Value, count) is { } uids
            ? uids : throw new CopyException(CopyFailure.TargetLost, $"APPEND: {end}");

    [GeneratedRegex(@"^OK \[APPENDUID [0-9]+ (?<set>[0-9:,]+)\]", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 100)]
    private static partial Regex AppendUid();
}
