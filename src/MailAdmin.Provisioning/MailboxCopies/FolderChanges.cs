namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// Follows what has changed on the other server since the last run, and only that: a flag that the user has changed here stays as it is,
/// unless it has changed there too.
/// </summary>
internal sealed class FolderChanges(ImapWire target, CopiedMessages copied)
{
    /// <param name="messages">All messages that are there now.</param>
    /// <param name="deletions">Copied messages that are gone there are removed here.</param>
    public async Task FollowAsync(IReadOnlyList<SourceMessage> messages, bool deletions)
    {
        if (copied.Count == 0) return;
        await FollowFlagsAsync([.. messages.Where(m => copied.All.TryGetValue(m.Uid, out var known) && known.Flags != m.Flags)]);
        if (deletions) await FollowDeletionsAsync(messages.Select(m => m.Uid).ToHashSet());
    }

    private async Task FollowFlagsAsync(List<SourceMessage> changed)
    {
        foreach (var group in changed.GroupBy(m => MessageFlags.Difference(copied.All[m.Uid].Flags, m.Flags)))
        {
            foreach (var set in ImapSets.Of(group.Select(m => copied.All[m.Uid].Target)))
            {
                // A NO is no reason to stop: keywords that don't fit any more are the only one.
                if (group.Key.Set.Length > 0) await target.AskAsync($"UID STORE {set} +FLAGS.SILENT ({group.Key.Set})");
                if (group.Key.Unset.Length > 0) await target.AskAsync($"UID STORE {set} -FLAGS.SILENT ({group.Key.Unset})");
            }
        }
        foreach (var message in changed) copied.Set(message.Uid, copied.All[message.Uid] with { Flags = message.Flags });
    }

    private async Task FollowDeletionsAsync(HashSet<uint> there)
    {
        var gone = copied.All.Where(m => !there.Contains(m.Key)).ToList();
        foreach (var set in ImapSets.Of(gone.Select(m => m.Value.Target)))
        {
            await target.OkAsync($@"UID STORE {set} +FLAGS.SILENT (\Deleted)");
            await target.OkAsync($"UID EXPUNGE {set}");
        }
        foreach (var (uid, _) in gone) copied.Remove(uid);
    }
}
