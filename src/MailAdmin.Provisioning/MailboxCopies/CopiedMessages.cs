namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>A message that is here.</summary>
/// <param name="Target">Its UID here.</param>
/// <param name="Flags">Its flags on the other server when they were last looked at, see <see cref="MessageFlags.Of"/>.</param>
internal readonly record struct CopiedMessage(uint Target, string Flags);

/// <summary>
/// The messages of one folder that are here, by their UID on the other server. Saved with some three octets for each, because a mailbox has
/// tens of thousands of them.
/// </summary>
internal sealed class CopiedMessages
{
    private const byte Format = 1;

    private readonly Dictionary<uint, CopiedMessage> _messages = [];

    public int Count => _messages.Count;

    public IReadOnlyDictionary<uint, CopiedMessage> All => _messages;

    /// <summary>The highest UID here; 0 if there is none.</summary>
    public uint LastTarget { get; private set; }

    public bool Contains(uint source) => _messages.ContainsKey(source);

    public void Set(uint source, CopiedMessage message)
    {
        _messages[source] = message;
        LastTarget = Math.Max(LastTarget, message.Target);
    }

    public void Remove(uint source) => _messages.Remove(source);

    /// <exception cref="InvalidDataException">The octets are not those of <see cref="ToArray"/>.</exception>
    public static CopiedMessages Read(byte[] octets)
    {
        var messages = new CopiedMessages();
        if (octets.Length == 0) return messages;
        using var reader = new BinaryReader(new MemoryStream(octets));
        if (reader.ReadByte() != Format) throw new InvalidDataException("The state of a copied folder has an unknown format.");
        var flags = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < flags.Length; i++) flags[i] = reader.ReadString();
        var (count, source, target) = (reader.Read7BitEncodedInt(), 0L, 0L);
        for (var i = 0; i < count; i++)
        {
            source += reader.Read7BitEncodedInt64();
            target += reader.Read7BitEncodedInt64();
            messages.Set((uint)source, new((uint)target, flags[reader.Read7BitEncodedInt()]));
        }
        return messages;
    }

    public byte[] ToArray()
    {
        var flags = _messages.Values.Select(m => m.Flags).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var numbers = flags.Select((f, i) => (f, i)).ToDictionary(p => p.f, p => p.i, StringComparer.Ordinal);
        var octets = new MemoryStream();
        using var writer = new BinaryWriter(octets);
        writer.Write(Format);
        writer.Write7BitEncodedInt(flags.Count);
        foreach (var flag in flags) writer.Write(flag);
        writer.Write7BitEncodedInt(_messages.Count);
        var (source, target) = (0L, 0L);
        foreach (var (uid, message) in _messages.OrderBy(m => m.Key))
        {
            writer.Write7BitEncodedInt64(uid - source);
            writer.Write7BitEncodedInt64(message.Target - target);
            writer.Write7BitEncodedInt(numbers[message.Flags]);
            (source, target) = (uid, message.Target);
        }
        writer.Flush();
        return octets.ToArray();
    }
}
