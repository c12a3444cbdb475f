using System.Security.Cryptography;
using System.Text;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Cyrus' administrator as the login socket knows them: they are checked without the database, so that mailboxes can be made whatever its
/// state. A password file is read again when it has changed, so that the panel's own sign-ins go on after a rotation.
/// </summary>
internal sealed class CyrusAdministrator(string? name, string? password, string? passwordFile)
{
    private readonly byte[]? _fixed = password is { Length: > 0 } ? Fingerprint(Encoding.UTF8.GetBytes(password)) : null;
    private volatile Reading? _reading;

    /// <param name="options">Null where there is no Cyrus: then nobody is its administrator.</param>
    public static CyrusAdministrator Of(CyrusOptions? options) =>
        new(options?.AdminUser, options?.AdminPassword, options?.AdminPasswordFile);

    /// <summary>As a mail server sends it, of whatever case.</summary>
    public bool IsCalled(string user) =>
        (_fixed is not null || passwordFile is not null) && string.Equals(user, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes one <c>stat</c> where the password is in a file that is still the same.</summary>
    /// <returns>Null where the password can't be read and never could.</returns>
    public bool? Has(ReadOnlySpan<byte> candidate) =>
        (_fixed ?? Read()) is { } known ? CryptographicOperations.FixedTimeEquals(Fingerprint(candidate), known) : null;

    private byte[]? Read()
    {
        var before = _reading;
        try
        {
            var file = new FileInfo(passwordFile!);
            // Asked before the file is read: a change meanwhile is seen the next time.
            var (at, length) = (file.LastWriteTimeUtc, file.Length);
            if (before is not null && before.At == at && before.Length == length) return before.Password;
            var line = CyrusOptions.FirstLine(File.ReadAllText(passwordFile!));
            // An empty file is one that is being written.
            if (line.Length == 0) return before?.Password;
            _reading = new(at, length, Fingerprint(Encoding.UTF8.GetBytes(line)));
            return _reading.Password;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is being replaced, or its rights are wrong. The password that was known is the best guess.
            return before?.Password;
        }
    }

    private static byte[] Fingerprint(ReadOnlySpan<byte> password) => SHA256.HashData(password);

    /// <summary>What the file held when it was read.</summary>
    private sealed record Reading(DateTime At, long Length, byte[] Password);
}
