using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Core.Backups;

/// <summary>
/// The beginning of an encrypted archive, and the key that it makes of a passphrase (docs/decisions/0042): the name of the format, the
/// iterations of PBKDF2 in four octets (big-endian), 16 octets of salt, and 16 octets by which a wrong passphrase is recognized.
/// </summary>
internal sealed class PassphraseKey
{
    public const int SaltOctets = 16;
    public const int CheckOctets = 16;

    // OWASP's recommendation for PBKDF2 with SHA-256.
    private const int Iterations = 600_000;

    // A damaged header must not keep a processor busy for hours.
    private const int MostIterations = 10_000_000;
    private const int KeyOctets = 32;

    private PassphraseKey(byte[] header, byte[] key) => (Header, Key) = (header, key);

    public static ReadOnlySpan<byte> Name => "MailAdmin backup 1\n"u8;

    public static int HeaderOctets => Name.Length + sizeof(int) + SaltOctets + CheckOctets;

    /// <summary>Is authenticated with every chunk.</summary>
    public byte[] Header { get; }

    public byte[] Key { get; }

    public static PassphraseKey New(string passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltOctets);
        var (key, check) = Derive(passphrase, salt, Iterations);
        var iterations = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(iterations, Iterations);
        return new([.. Name, .. iterations, .. salt, .. check], key);
    }

    /// <exception cref="BackupException">It is another passphrase.</exception>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static PassphraseKey Of(byte[] header, string passphrase)
    {
        var rest = header.AsSpan(Name.Length);
        var iterations = BinaryPrimitives.ReadInt32BigEndian(rest);
        if (iterations is < 1 or > MostIterations) throw new InvalidDataException("Its beginning is another one.");
        var (key, check) = Derive(passphrase, rest.Slice(sizeof(int), SaltOctets).ToArray(), iterations);
        return CryptographicOperations.FixedTimeEquals(check, rest[^CheckOctets..])
            ? new(header, key)
            : throw new BackupException(BackupProblems.PassphraseWrong);
    }

    private static (byte[] Key, byte[] Check) Derive(string passphrase, byte[] salt, int iterations)
    {
        var secret = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(passphrase), salt, iterations, HashAlgorithmName.SHA256, KeyOctets);
        return (HKDF.Expand(HashAlgorithmName.SHA256, secret, KeyOctets, "key"u8.ToArray()),
            HKDF.Expand(HashAlgorithmName.SHA256, secret, CheckOctets, "check"u8.ToArray()));
    }
}
