using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Bcrypt = BCrypt.Net.BCrypt;

namespace MailAdmin.Core.Passwords;

/// <summary>
/// Makes and checks the hashes of passwords. Slow by design: call it in the <see cref="PasswordHashQueue"/>, never on the thread pool.
/// </summary>
public sealed class PasswordHasher
{
    /// <summary>bcrypt reads 72 octets of UTF-8 and silently leaves the rest; longer passwords are refused, never cut.</summary>
    public const int MaxOctets = 72;

    // What other schemes may be asked to hash: longer than any password, short enough for a stack.
    private const int MaxOctetsElsewhere = 1_024;

    // The last 31 characters of a bcrypt string are its hash; the salt before them may have been written with other spare bits.
    private const int BcryptHashLength = 31;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PasswordHash _dummy;
    private readonly int _cost;
    private readonly bool _useCrypt;

    /// <exception cref="ValidationException">The options are out of their range.</exception>
    public PasswordHasher(PasswordOptions options) : this(options, Crypt.IsAvailable)
    {
    }

    internal PasswordHasher(PasswordOptions options, bool useCrypt)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        _cost = options.Cost;
        _useCrypt = useCrypt;
        _ = PasswordHash.TryParse($"$2b${_cost:00}$abcdefghijklmnopqrstuu7kagq8rv0l//LM3E/yleaDMRF7Knbsm", out var dummy);
        _dummy = dummy!;
    }

    /// <summary>
    /// A bcrypt string of the configured cost with a new salt, of the password in its one form (<see cref="OpaqueString"/>).
    /// </summary>
    /// <exception cref="ArgumentException">
    /// Longer than <see cref="MaxOctets"/>, or with a NUL: <see cref="PasswordRules"/> refuses both before.
    /// </exception>
    public string Hash(string password)
    {
        var normal = OpaqueString.Normalize(password);
        if (!IsWhole(StrictUtf8.GetBytes(normal), PasswordScheme.Bcrypt))
            throw new ArgumentException("bcrypt would hash only a part of it", nameof(password));
        return Bcrypt.HashPassword(normal, _cost);
    }

    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, PasswordHash)"/>
    public bool Verify(string password, PasswordHash hash) => Verify(Encoding.UTF8.GetBytes(password), hash);

    /// <summary>
    /// Whether this is the password: its octets as they were sent, since an old client may have set it in another encoding than UTF-8 and
    /// older hashes are of what was pasted; then in its one form, where that is another.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> password, PasswordHash hash) =>
        VerifyOctets(password, hash) || (NormalForm(password) is { } normal && VerifyOctets(normal, hash));

    /// <summary>How many hashes a wrong password costs: two where it has another form than the one that was typed.</summary>
    public static int HashesOf(ReadOnlySpan<byte> password) => NormalForm(password) is null ? 1 : 2;

    private bool VerifyOctets(ReadOnlySpan<byte> password, PasswordHash hash)
    {
        // The time is spent all the same, so that it tells nothing.
        var whole = IsWhole(password, hash.Scheme);
        var computed = Compute(whole ? password : [], hash);
        return whole && computed is not null && SameHash(computed, hash);
    }

    /// <summary>Takes as long as a real check, for names that do not exist.</summary>
    public void VerifyDummy(ReadOnlySpan<byte> password) => Verify(password, _dummy);

    /// <summary>Whether the hash should be replaced at the next sign-in: another scheme, or another cost than configured.</summary>
    public bool NeedsRehash(PasswordHash hash) => hash.Scheme != PasswordScheme.Bcrypt || hash.Cost != _cost;

    // Null where it is what was typed already, which is nearly always.
    private static byte[]? NormalForm(ReadOnlySpan<byte> password)
    {
        if (System.Text.Ascii.IsValid(password) || password.Length > MaxOctetsElsewhere) return null;
        try
        {
            var normal = StrictUtf8.GetBytes(OpaqueString.Normalize(StrictUtf8.GetString(password)));
            return password.SequenceEqual(normal) ? null : normal;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> password, PasswordScheme scheme) =>
        password.Length <= (scheme == PasswordScheme.Bcrypt ? MaxOctets : MaxOctetsElsewhere) && !password.Contains((byte)0);

    private string? Compute(ReadOnlySpan<byte> password, PasswordHash hash)
    {
        if (_useCrypt) return Crypt.Hash(password, hash.Value);
        if (hash.Scheme != PasswordScheme.Bcrypt) return null;
        try
        {
            return Bcrypt.HashPassword(StrictUtf8.GetString(password), hash.Value);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool SameHash(string computed, PasswordHash hash)
    {
        var length = hash.Scheme == PasswordScheme.Bcrypt ? BcryptHashLength : hash.Value.Length;
        return computed.Length == hash.Value.Length
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(computed[^length..]), Encoding.ASCII.GetBytes(hash.Value[^length..]));
    }
}
