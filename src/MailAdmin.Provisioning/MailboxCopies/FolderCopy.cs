using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>Copies one folder: what was copied before stays, what is new comes, what has changed there is followed.</summary>
internal sealed class FolderCopy(CopyRun run, SourceFolder folder, MailboxCopyFolder row)
{
    private CopiedMessages _copied = new();
    private PresentMessages _present = PresentMessages.None;
    private uint _next;

    /// <exception cref="ImapRefusal">One of the servers does not open the folder.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var there = await TargetMailbox.SelectAsync(run.Source, "EXAMINE", ImapText.Quote(folder.Raw));
        var here = await run.Target.SelectAsync(row.Target);
        Begin(there, here);
        var messages = there.Messages == 0 ? [] : await SourceMessages.ListAsync(run.Source);
        var fresh = messages.FindAll(m => !_copied.Contains(m.Uid));
        run.Count(
            folder, messages.Count, messages.Sum(m => m.Octets), messages.Count - fresh.Count,
            messages.Sum(m => m.Octets) - fresh.Sum(m => m.Octets));
        try
        {
            await new FolderChanges(run.Target.Wire, _copied).FollowAsync(messages, run.FollowsDeletions);
            await CopyAsync(await UnknownAsync(fresh, here), cancellationToken);
        }
        finally
        {
            // Also when it is paused: what is here must never come again.
            await SaveAsync(now: true, CancellationToken.None);
        }
    }

    // UIDs of another UIDVALIDITY mean nothing. Whatever is in the folder here may then have come from there.
    private void Begin(OpenFolder there, OpenFolder here)
    {
        var isKnown = row.SourceValidity == there.Validity && row.TargetValidity == here.Validity;
        _copied = isKnown ? CopiedMessages.Read(row.Messages) : new();
        _next = isKnown ? (uint)row.TargetNext : 1;
        (row.SourceValidity, row.TargetValidity) = (there.Validity, here.Validity);
    }

    /// <summary>
    /// Those of the new messages that are not in the folder here, where an earlier run may have put them without recording it.
    /// </summary>
    private async Task<List<SourceMessage>> UnknownAsync(List<SourceMessage> fresh, OpenFolder here)
    {
        if (fresh.Count > 0 && here.Messages > 0 && here.Next > _next)
            _present = await PresentMessages.ReadAsync(run.Target.Wire, _next, _copied);
        _next = Math.Max(_next, here.Next);
        var alike = fresh.FindAll(_present.MayHave);
        if (alike.Count == 0) return fresh;
        var bySource = alike.ToDictionary(m => m.Uid);
        foreach (var (uid, identity) in await SourceMessages.IdentitiesAsync(run.Source, ImapSets.Of(bySource.Keys)))
        {
            if (_present.Take(identity) is { } here2 && bySource.TryGetValue(uid, out var message)) Keep(message, here2, isNew: false);
        }
        return fresh.FindAll(m => !_copied.Contains(m.Uid));
    }

    private async Task CopyAsync(List<SourceMessage> messages, CancellationToken cancellationToken)
    {
        var writer = new TargetWriter(run.Target, row.Target);
        await foreach (var batch in new SourceReader(run.Source, run.Pace).ReadAsync(messages, cancellationToken))
        {
            try
            {
                foreach (var unread in batch.Where(r => r.Message is null))
                    run.Tell(folder, CopyProblemKind.Unreadable, unread.Refusal, of: unread.Source);
                foreach (var result in await writer.AppendAsync([.. batch.Select(r => r.Message).OfType<FetchedMessage>().Where(IsNew)]))
                    Record(result);
            }
            finally
            {
                foreach (var result in batch) result.Message?.Dispose();
            }
            await SaveAsync(now: false, cancellationToken);
        }
    }

    // A corrected message has another size here than there, so only now it can be recognized.
    private bool IsNew(FetchedMessage message)
    {
        if (!message.IsRepaired || message.Source.ReceivedAt is not { } at || !_present.MayHave(message.Source)) return true;
        var header = message.Octets.Span[..MessageRepair.HeaderEnd(message.Octets.Span)];
        if (_present.Take(MessageIdentity.Of(header, at, message.Length)) is not { } uid) return true;
        Keep(message.Source, uid, isNew: false);
        return false;
    }

    private void Record(AppendResult result)
    {
        if (result.Uid is { } uid)
        {
            Keep(result.Message.Source, uid, isNew: true);
            if (result.Message.IsRepaired) run.Tell(folder, CopyProblemKind.Repaired, null, result.Message);
            if (result.HasNoKeywords) run.Tell(folder, CopyProblemKind.KeywordsLeft, result.Message.Source.Flags, result.Message);
            return;
        }
        var kind = TargetWriter.IsOverQuota(result.Refusal!) ? CopyProblemKind.OverQuota : CopyProblemKind.Refused;
        run.Tell(folder, kind, result.Refusal, result.Message);
    }

    private void Keep(SourceMessage message, uint target, bool isNew)
    {
        _copied.Set(message.Uid, new(target, message.Flags));
        run.Done(folder, message.Octets, isNew);
    }

    private Task SaveAsync(bool now, CancellationToken cancellationToken) => run.SaveAsync(() =>
    {
        row.TargetNext = Math.Max(_next, _copied.LastTarget + 1);
        row.Messages = _copied.ToArray();
        return row;
    }, folder.Name, now, cancellationToken);
}
