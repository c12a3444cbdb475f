using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Bcrypt = BCrypt.Net.BCrypt;

namespace MailAdmin.Core.Passwords;

/// <summary>
/// Creates and checks the hashes of passwords. It is slow by design: call it in the <see cref="PasswordHashQueue"/>, never on the thread
/// pool.
/// </summary>
public sealed class PasswordHasher
{
    /// <summary>bcrypt reads 72 octets of UTF-8 and silently ignores the rest; longer passwords are refused, never truncated.</summary>
    public const int MaxOctets = 72;

    // The limit for other schemes: longer than any password, short enough for a stack buffer.
    private const int MaxOctetsElsewhere = 1_024;

    // The last 31 characters of a bcrypt string are its hash. The salt before them may have been written with other unused bits.
    private const int BcryptHashLength = 31;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PasswordHash _dummy;
    private readonly int _cost;
    private readonly bool _useCrypt;

    /// <exception cref="ValidationException">An option is out of range.</exception>
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
    /// A bcrypt string of the configured cost with a new salt, for the normalized password (<see cref="OpaqueString"/>).
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The password is longer than <see cref="MaxOctets"/>, or contains a NUL: <see cref="PasswordRules"/> refuses both before.
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
    /// Whether this is the password. The octets are first tried as sent, since an old client may have set the password in another encoding
    /// than UTF-8, and older hashes are of the password as it was pasted. Then the normalized form is tried if it differs.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> password, PasswordHash hash) =>
        VerifyOctets(password, hash) || (NormalForm(password) is { } normal && VerifyOctets(normal, hash));

    /// <summary>Number of hashes that a wrong password costs: two if its normalized form differs.</summary>
    public static int HashesOf(ReadOnlySpan<byte> password) => NormalForm(password) is null ? 1 : 2;

    private bool VerifyOctets(ReadOnlySpan<byte> password, PasswordHash hash)
    {
        // A hash is computed in any case, so that the time reveals nothing.
        var whole = IsWhole(password, hash.Scheme);
        if (hash.Digest is { } digest)
            return CryptographicOperations.FixedTimeEquals(digest.Compute(whole ? password : []), digest.Digest) && whole;
        var computed = Compute(whole ? password : [], hash);
        return whole && computed is not null && SameHash(computed, hash);
    }

    /// <summary>Takes as long as a real check, for names that do not exist.</summary>
    public void VerifyDummy(ReadOnlySpan<byte> password) => Verify(password, _dummy);

    /// <summary>Whether the hash should be replaced at the next sign-in: it has another scheme, or another cost than configured.</summary>
    public bool NeedsRehash(PasswordHash hash) => hash.Scheme != PasswordScheme.Bcrypt || hash.Cost != _cost;

    // Null if the password is in that form already, which is nearly always the case.
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
