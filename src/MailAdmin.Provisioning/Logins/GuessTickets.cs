using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Provisioning.Logins;

/// <param name="Mark">The HMAC of name and password.</param>
/// <param name="Since">The timestamp of the first request with them.</param>
internal sealed record GuessTicket(string Mark, long Since)
{
    public bool IsSame(GuessTicket other) => string.Equals(Mark, other.Mark, StringComparison.Ordinal);
}

/// <summary>
/// Remembers since when a password has been waiting at a name. A mail program tries the same password again, and an attacker the next one:
/// so the owner moves up the queue, and each guess starts at its end. Passwords are kept as HMACs with a key that exists only in this
/// process; the least recently used are forgotten first.
/// </summary>
internal sealed class GuessTickets(TimeProvider time) : IDisposable
{
    /// <summary>The most tickets that are remembered, about 200 octets each.</summary>
    public const int MaxTickets = 50_000;

    private readonly IncrementalHash _hmac =
        IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));
    private readonly Dictionary<string, LinkedListNode<GuessTicket>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<GuessTicket> _byUse = [];

    public void Dispose() => _hmac.Dispose();

    /// <summary>Returns the ticket of this name and password, or makes one. Not thread-safe.</summary>
    public GuessTicket TakeFor(string name, ReadOnlySpan<byte> password)
    {
        var mark = MarkOf(name, password);
        if (_known.TryGetValue(mark, out var known)) _byUse.Remove(known);
        else known = _known[mark] = new LinkedListNode<GuessTicket>(new GuessTicket(mark, time.GetTimestamp()));
        _byUse.AddLast(known);
        if (_byUse.Count > MaxTickets)
        {
            _known.Remove(_byUse.First!.Value.Mark);
            _byUse.RemoveFirst();
        }
        return known.Value;
    }

    // No name contains a NUL, so it separates name and password unambiguously.
    private string MarkOf(string name, ReadOnlySpan<byte> password)
    {
        _hmac.AppendData(Encoding.UTF8.GetBytes(name));
        _hmac.AppendData([0]);
        _hmac.AppendData(password);
        return Convert.ToBase64String(_hmac.GetHashAndReset());
    }
}
