namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// The messages of a folder here that no run has recorded: delivered or moved there by the user, or copied by a run that ended before it
/// could record them, or by another program. A message of the other server that is among them is not copied again.
/// </summary>
internal sealed class PresentMessages
{
    private readonly Dictionary<MessageIdentity, Queue<uint>> _messages = [];
    private readonly HashSet<long> _times = [];

    public static PresentMessages None { get; } = new();

    /// <summary>Reads those from this UID on.</summary>
    public static async Task<PresentMessages> ReadAsync(ImapWire target, uint next, CopiedMessages copied)
    {
        var present = new PresentMessages();
        var recorded = copied.All.Values.Select(m => m.Target).ToHashSet();
        foreach (var (uid, identity) in (await SourceMessages.IdentitiesAsync(target, [$"{next}:*"])).OrderBy(m => m.Uid))
        {
            if (uid >= next && !recorded.Contains(uid)) present.Add(uid, identity);
        }
        return present;
    }

    /// <summary>Whether one of them was received in the same second: only then its identity is worth asking for.</summary>
    public bool MayHave(SourceMessage message) => message.ReceivedAt is { } at && _times.Contains(at.ToUnixTimeSeconds());

    /// <summary>The UID of a message with this identity, or null. Each is given once: the same message may be there twice.</summary>
    public uint? Take(MessageIdentity identity) =>
        _messages.TryGetValue(identity, out var uids) && uids.TryDequeue(out var uid) ? uid : null;

    private void Add(uint uid, MessageIdentity identity)
    {
        _times.Add(identity.ReceivedAt);
        if (!_messages.TryGetValue(identity, out var uids)) _messages[identity] = uids = new();
        uids.Enqueue(uid);
    }
}
