using System.Text;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Drift;

/// <summary>
/// Merges two lists in the order of their keys, and collects the keys that are in only one of them or have different values.
/// </summary>
internal sealed class MapMerge(MapDump dump, int max)
{
    private static readonly byte[] Position = Encoding.UTF8.GetBytes(MapPosition.Key);

    private bool _begun;

    public List<string> Keys { get; } = [];

    /// <summary>Takes a row of the database.</summary>
    public void Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Begin();
        while (dump.Line is { } line && line.Key.Span.SequenceCompareTo(key) < 0) Extra();
        if (dump.Line is not { } same || !same.Key.Span.SequenceEqual(key))
        {
            Suspect(key);
            return;
        }
        if (!same.Value.Span.SequenceEqual(value)) Suspect(key);
        dump.Next();
    }

    /// <summary>To be called after the database's last row.</summary>
    public void Finish()
    {
        Begin();
        while (dump.Line is not null) Extra();
    }

    private void Begin()
    {
        if (!_begun) dump.Next();
        _begun = true;
    }

    private void Extra()
    {
        var key = dump.Line!.Value.Key;
        // The follower's own row.
        if (!key.Span.SequenceEqual(Position)) Suspect(key.Span);
        dump.Next();
    }

    private void Suspect(ReadOnlySpan<byte> key)
    {
        if (Keys.Count < max) Keys.Add(Encoding.UTF8.GetString(key));
    }
}
