using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Passwords;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Passwords that were verified recently. Each is kept as an HMAC over the stored hash and the password, with a key that exists only in
/// this process: a changed hash invalidates the entry immediately, and a stolen copy of the entries reveals nothing.
/// </summary>
internal sealed class CredentialCache(int size, TimeSpan lifetime, TimeProvider time) : IDisposable
{
    private readonly IncrementalHash _hmac =
        IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // All entries have the same lifetime, so they expire in the order in which they were added.
    private readonly Queue<(string Username, Entry Entry)> _oldest = new();
    private readonly Lock _gate = new();

    public void Dispose() => _hmac.Dispose();

    public int Count => _entries.Count;

    /// <summary>Whether some password of this name was verified recently, whatever has changed since.</summary>
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

    // A name that has been verified again since has a newer entry, which stays.
    private void Drop((string Username, Entry Entry) oldest) =>
        ((ICollection<KeyValuePair<string, Entry>>)_entries).Remove(new KeyValuePair<string, Entry>(oldest.Username, oldest.Entry));

    private byte[] Tag(PasswordHash hash, ReadOnlySpan<byte> password)
    {
        // One HMAC object for all, under a lock: creating one takes twice as long as using it.
        lock (_hmac)
        {
            _hmac.AppendData(Encoding.UTF8.GetBytes(hash.Value));
            // No hash contains a NUL, so it separates hash and password unambiguously.
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
