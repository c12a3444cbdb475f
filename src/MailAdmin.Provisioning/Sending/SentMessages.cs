using System.Runtime.InteropServices;
using MailAdmin.Core.Sending;

namespace MailAdmin.Provisioning.Sending;

/// <summary>An account came to a limit.</summary>
/// <param name="Hour">The running one: within it, it is told once.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReachedLimit(long AccountId, SendingMeasure Measure, int Limit, long Hour);

/// <summary>
/// What was sent and is not written yet, and which limits were reached. Counting needs no write: they are gathered and written together, so
/// a crash loses the last seconds, and a second process on the same database sees these a few seconds late.
/// </summary>
internal sealed class SentMessages
{
    private readonly Lock _gate = new();

    // Waiting, and being written: both count, until what is written can be read.
    private Dictionary<(long AccountId, long Hour), SendingCount> _waiting = [];
    private Dictionary<(long AccountId, long Hour), SendingCount> _writing = [];
    private readonly Dictionary<long, (ReachedLimit Limit, bool IsTold)> _reached = [];
    private long _written;

    /// <summary>Goes up with each batch that was written: who read the database before has to read again.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Counts a message, unless a limit keeps it back.</summary>
    /// <param name="sender">As read from the database.</param>
    /// <param name="recipients">Its recipients.</param>
    /// <param name="hour">The running one.</param>
    /// <param name="counts">False only looks whether one more message may come.</param>
    /// <returns>The limit that keeps it back, or null.</returns>
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

    /// <summary>Hands over what waits; takes it back when it can't be written, for the next turn.</summary>
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

    /// <summary>Limits that were reached and are not told yet.</summary>
    public IReadOnlyList<ReachedLimit> Reached()
    {
        lock (_gate) return [.. _reached.Values.Where(r => !r.IsTold).Select(r => r.Limit)];
    }

    /// <summary>It is told, and not again while nothing changes.</summary>
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
        // What was sent in the last seconds of the former hour.
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
