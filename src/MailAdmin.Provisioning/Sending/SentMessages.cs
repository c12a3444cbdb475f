using System.Runtime.InteropServices;
using MailAdmin.Core.Sending;

namespace MailAdmin.Provisioning.Sending;

/// <summary>An account reached a limit.</summary>
/// <param name="Hour">The current hour: within it, the limit is reported once.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReachedLimit(long AccountId, SendingMeasure Measure, int Limit, long Hour);

/// <summary>
/// Counts of sent messages that are not written yet, and the limits that were reached. Counts are collected and written in batches, so that
/// no message waits for a write: a crash loses the last seconds, and a second process on the same database sees the counts a few seconds
/// late.
/// </summary>
internal sealed class SentMessages
{
    private readonly Lock _gate = new();

    // Counts that wait, and counts that are being written: both apply until the written ones can be read.
    private Dictionary<(long AccountId, long Hour), SendingCount> _waiting = [];
    private Dictionary<(long AccountId, long Hour), SendingCount> _writing = [];
    private readonly Dictionary<long, (ReachedLimit Limit, bool IsTold)> _reached = [];
    private long _written;

    /// <summary>Increases with each batch that was written: whoever read the database before that has to read again.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Counts a message, unless a limit refuses it.</summary>
    /// <param name="sender">The account as read from the database.</param>
    /// <param name="recipients">The message's recipients.</param>
    /// <param name="hour">The current hour.</param>
    /// <param name="counts">False only checks whether one more message is allowed.</param>
    /// <returns>The limit that refuses the message, or null.</returns>
    public SendingMeasure? Take(SenderRecord sender, int recipients, long hour, bool counts)
    {
        lock (_gate)
        {
            var sent = sender.Sent + Unwritten(_waiting, sender.AccountId, hour) + Unwritten(_writing, sender.AccountId, hour);
            if (sender.Limits.Exceeded(sent, 1, recipients) is { } measure)
            {
                var reached = new ReachedLimit(sender.AccountId, measure, sender.Limits.Of(measure)!.Value, hour);
                if (!_reached.TryGetValue(sender.AccountId, out var known) || known.Limit != reached)
                    _reached[sender.AccountId] = (reached, false);
                return measure;
            }
            _reached.Remove(sender.AccountId);
            if (counts) Add(_waiting, new() { AccountId = sender.AccountId, Hour = hour, Messages = 1, Recipients = recipients });
            return null;
        }
    }

    /// <summary>Writes the waiting counts. If the write fails, they are kept for the next time.</summary>
    public async Task WriteAsync(Func<IReadOnlyCollection<SendingCount>, Task> write)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0) return;
            (_writing, _waiting) = (_waiting, _writing);
        }
        var isWritten = false;
        try
        {
            await write(_writing.Values);
            isWritten = true;
        }
        finally
        {
            lock (_gate)
            {
                if (!isWritten) foreach (var count in _writing.Values) Add(_waiting, count);
                _writing = [];
                Interlocked.Increment(ref _written);
            }
        }
    }

    /// <summary>The limits that were reached and are not reported yet.</summary>
    public IReadOnlyList<ReachedLimit> Reached()
    {
        lock (_gate) return [.. _reached.Values.Where(r => !r.IsTold).Select(r => r.Limit)];
    }

    /// <summary>Marks a limit as reported; it is not reported again while nothing changes.</summary>
    public void Told(ReachedLimit told)
    {
        lock (_gate)
        {
            if (_reached.GetValueOrDefault(told.AccountId).Limit == told) _reached[told.AccountId] = (told, true);
        }
    }

    private static SendingTotals Unwritten(Dictionary<(long AccountId, long Hour), SendingCount> counts, long accountId, long hour)
    {
        var totals = default(SendingTotals);
        if (counts.Count == 0) return totals;
        if (counts.TryGetValue((accountId, hour), out var current))
            totals += new SendingTotals(current.Messages, current.Recipients, current.Messages, current.Recipients);
        // Messages of the last seconds of the previous hour.
        if (counts.TryGetValue((accountId, hour - 1), out var former))
            totals += new SendingTotals(0, 0, former.Messages, former.Recipients);
        return totals;
    }

    private static void Add(Dictionary<(long AccountId, long Hour), SendingCount> counts, SendingCount sent)
    {
        if (!counts.TryGetValue((sent.AccountId, sent.Hour), out var count)) counts[(sent.AccountId, sent.Hour)] = sent;
        else (count.Messages, count.Recipients) = (count.Messages + sent.Messages, count.Recipients + sent.Recipients);
    }
}
