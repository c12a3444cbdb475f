using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Core.SecondFactors;

/// <summary>
/// Codes of an authenticator app (RFC 6238 with SHA-1, 30 seconds, 6 digits, which every app supports). Identity's own implementation
/// accepts codes of five steps, and each of them any number of times, so this one is used instead (docs/decisions/0016).
/// </summary>
public static class Totp
{
    public const int SecretOctets = 20;
    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const int Modulus = 1_000_000;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretOctets);

    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // What apps compute; as a MAC SHA-1 is unbroken (RFC 6238, section 1.2).
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % Modulus).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    /// <summary>
    /// The step of the code: the current one, or the one before or after it for a clock that is off; null if the code is wrong. Every step
    /// is compared in constant time, which does not reveal how much of the code was right.
    /// </summary>
    public static long? FindStep(ReadOnlySpan<byte> secret, string? code, DateTimeOffset now)
    {
        var typed = Encoding.UTF8.GetBytes(Clean(code));
        long? found = null;
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.UTF8.GetBytes(CodeAt(secret, step)))) found = step;
        }
        return found;
    }

    /// <summary>The content of the QR code for the app: <c>otpauth://totp/Hoster:jens?secret=…</c>.</summary>
    public static string LinkOf(ReadOnlySpan<byte> secret, string issuer, string name)
    {
        var (who, label) = (Uri.EscapeDataString(issuer), Uri.EscapeDataString(name));
        return $"otpauth://totp/{who}:{label}?secret={Base32.Encode(secret)}&issuer={who}&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
    }

    // Apps display codes as 123 456.
    private static string Clean(string? code) => string.Concat((code ?? "").Where(c => !char.IsWhiteSpace(c)));
}
