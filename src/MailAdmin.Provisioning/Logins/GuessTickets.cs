using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Provisioning.Logins;

/// <param name="Mark">Stands for name and password.</param>
/// <param name="Since">When it asked for the first time.</param>
internal sealed record GuessTicket(string Mark, long Since)
{
    public bool IsSame(GuessTicket other) => string.Equals(Mark, other.Mark, StringComparison.Ordinal);
}

/// <summary>
/// Remembers since when a password waits at a name. A mail program tries the same password again, a guesser the next one: so the owner
/// moves up and guesses begin at the end. Kept as an HMAC under a key that dies with the process; those that asked longest ago are
/// forgotten first.
/// </summary>
internal sealed class GuessTickets(TimeProvider time) : IDisposable
{
    /// <summary>Remembered at once, about 200 octets each.</summary>
    public const int MaxTickets = 50_000;

    private readonly IncrementalHash _hmac =
        IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));
    private readonly Dictionary<string, LinkedListNode<GuessTicket>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<GuessTicket> _byUse = [];

    public void Dispose() => _hmac.Dispose();

    /// <summary>Not for several threads at once.</summary>
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

    // No name has a NUL, so the two can't run into each other.
    private string MarkOf(string name, ReadOnlySpan<byte> password)
    {
        _hmac.AppendData(Encoding.UTF8.GetBytes(name));
        _hmac.AppendData([0]);
        _hmac.AppendData(password);
        return Convert.ToBase64String(_hmac.GetHashAndReset());
    }
}
