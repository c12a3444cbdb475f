using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Passwords;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Passwords that were right a while ago. Each is kept as an HMAC, under a key that dies with the process, over the stored hash and the
/// password: a changed hash makes it worthless at once, and a stolen copy of the memory's entries tells nothing.
/// </summary>
internal sealed class CredentialCache(int size, TimeSpan lifetime, TimeProvider time) : IDisposable
{
    private readonly IncrementalHash _hmac =
        IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // Lifetimes are equal, so the order of coming is the order of going.
    private readonly Queue<(string Username, Entry Entry)> _oldest = new();
    private readonly Lock _gate = new();

    public void Dispose() => _hmac.Dispose();

    public int Count => _entries.Count;

    /// <summary>Whether a password of this name was right a while ago, whatever came since.</summary>
    public bool Knows(string username) => _entries.ContainsKey(username);

    public bool Holds(string username, PasswordHash hash, ReadOnlySpan<byte> password) =>
        _entries.TryGetValue(username, out var entry)
        && time.GetElapsedTime(entry.Since) < lifetime
        && CryptographicOperations.FixedTimeEquals(entry.Tag, Tag(hash, password));

    public void Add(string username, PasswordHash hash, ReadOnlySpan<byte> password)
    {
        if (lifetime == TimeSpan.Zero) return;
        var entry = new Entry(Tag(hash, password), time.GetTimestamp());
        lock (_gate)
        {
            _entries[username] = entry;
            _oldest.Enqueue((username, entry));
            while (_oldest.Count > size || time.GetElapsedTime(_oldest.Peek().Entry.Since) >= lifetime) Drop(_oldest.Dequeue());
        }
    }

    // A name that was verified again since has a younger entry, which stays.
    private void Drop((string Username, Entry Entry) oldest) =>
        ((ICollection<KeyValuePair<string, Entry>>)_entries).Remove(new KeyValuePair<string, Entry>(oldest.Username, oldest.Entry));

    private byte[] Tag(PasswordHash hash, ReadOnlySpan<byte> password)
    {
        // One for all under a lock, since making one takes twice as long as using it.
        lock (_hmac)
        {
            _hmac.AppendData(Encoding.UTF8.GetBytes(hash.Value));
            // No hash has a NUL, so the two can't run into each other.
            _hmac.AppendData([0]);
            _hmac.AppendData(password);
            return _hmac.GetHashAndReset();
        }
    }

    private sealed class Entry(byte[] tag, long since)
    {
        public byte[] Tag => tag;

        public long Since => since;
    }
}
