using MailAdmin.Core.MailboxCopies;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>One attempt to copy a mailbox: its two connections, its figures, and what has to be recorded next.</summary>
internal sealed class CopyRun(
    CopyAttempt attempt, ImapWire source, TargetMailbox target, MailboxCopyJournal journal, CopyPace pace, TimeProvider time)
{
    // What a sudden end of the panel makes the next run look for again.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly List<MailboxCopyProblem> _problems = [];
    private readonly Dictionary<string, FolderFigures> _figures = new(StringComparer.Ordinal);
    private (long Messages, long Octets) _copied;
    private long _failures;
    private long _saved = time.GetTimestamp();

    public ImapWire Source => source;

    public TargetMailbox Target => target;

    public CopyPace Pace => pace;

    public bool FollowsDeletions => attempt.FollowsDeletions;

    /// <summary>How much a folder has, as far as it is known yet.</summary>
    public void Count(SourceFolder folder, long messages, long? octets, long doneMessages, long doneOctets) =>
        _figures[folder.Raw] = new(messages, octets, doneMessages, doneOctets);

    /// <summary>A message is here now.</summary>
    /// <param name="octets">Its size on the other server.</param>
    /// <param name="isNew">It was copied, and not found here.</param>
    public void Done(SourceFolder folder, long octets, bool isNew)
    {
        var figures = _figures[folder.Raw];
        _figures[folder.Raw] = figures with { Done = figures.Done + 1, DoneOctets = figures.DoneOctets + octets };
        if (isNew) _copied = (_copied.Messages + 1, _copied.Octets + octets);
    }

    public void Tell(SourceFolder folder, CopyProblemKind kind, string? detail, FetchedMessage? message = null, SourceMessage? of = null)
    {
        var problem = new MailboxCopyProblem
        {
            CopyId = attempt.CopyId,
            Kind = kind,
            Folder = folder.Name,
            Subject = message is null ? null : MessageIdentity.Subject(message.Octets.Span),
            ReceivedAt = (message?.Source ?? of)?.ReceivedAt,
            Detail = detail,
        };
        _problems.Add(problem);
        if (!problem.IsNote) _failures++;
    }

    /// <summary>Records what is here, if enough time has passed since the last time.</summary>
    /// <param name="folder">Makes the folder's row current and returns it; null if none is open.</param>
    /// <param name="name">The open folder's name, or null.</param>
    /// <param name="now">Do it in any case.</param>
    public async Task SaveAsync(Func<MailboxCopyFolder>? folder, string? name, bool now, CancellationToken cancellationToken)
    {
        if (!now && time.GetElapsedTime(_saved) < Interval) return;
        var (messageRate, octetRate) = pace.Count(_copied.Messages, _copied.Octets);
        var all = _figures.Values;
        var progress = new CopyProgress(
            all.Sum(f => f.Messages), all.Any(f => f.Octets is null) ? 0 : all.Sum(f => f.Octets!.Value), all.Sum(f => f.Done),
            all.Sum(f => f.DoneOctets), _failures)
        {
            CopiedMessages = _copied.Messages,
            CopiedOctets = _copied.Octets,
            MessageRate = messageRate,
            OctetRate = octetRate,
            Folder = name,
        };
        await journal.SaveAsync(attempt.CopyId, folder?.Invoke(), _problems, progress, cancellationToken);
        _problems.Clear();
        _copied = (0, 0);
        _saved = time.GetTimestamp();
    }

    private sealed record FolderFigures(long Messages, long? Octets, long Done, long DoneOctets);
}
