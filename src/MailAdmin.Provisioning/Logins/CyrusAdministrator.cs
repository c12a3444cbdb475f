using System.Security.Cryptography;
using System.Text;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Checks the password of Cyrus' administrator for the login socket, without the database, so that mailboxes can be made whatever the
/// database's state. A password file is read again when it has changed, so that the panel's own sign-ins work after a rotation.
/// </summary>
internal sealed class CyrusAdministrator(string? name, string? password, string? passwordFile)
{
    private readonly byte[]? _fixed = password is { Length: > 0 } ? Fingerprint(Encoding.UTF8.GetBytes(password)) : null;
    private volatile Reading? _reading;

    /// <param name="options">Null without a Cyrus: then no name is the administrator's.</param>
    public static CyrusAdministrator Of(CyrusOptions? options) =>
        new(options?.AdminUser, options?.AdminPassword, options?.AdminPasswordFile);

    /// <summary>Whether the username is the administrator's, compared without regard to case.</summary>
    public bool IsCalled(string user) =>
        (_fixed is not null || passwordFile is not null) && string.Equals(user, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the password is right. It takes one <c>stat</c> if the password is in a file that has not changed.</summary>
    /// <returns>Null if the password can't be read and never could be.</returns>
    public bool? Has(ReadOnlySpan<byte> candidate) =>
        (_fixed ?? Read()) is { } known ? CryptographicOperations.FixedTimeEquals(Fingerprint(candidate), known) : null;

    private byte[]? Read()
    {
        var before = _reading;
        try
        {
            var file = new FileInfo(passwordFile!);
            // Read the file's time before its text: a change in between is then noticed the next time.
            var (at, length) = (file.LastWriteTimeUtc, file.Length);
            if (before is not null && before.At == at && before.Length == length) return before.Password;
            var line = CyrusOptions.FirstLine(File.ReadAllText(passwordFile!));
            // An empty file is being written at this moment.
            if (line.Length == 0) return before?.Password;
            _reading = new(at, length, Fingerprint(Encoding.UTF8.GetBytes(line)));
            return _reading.Password;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is being replaced, or its permissions are wrong. The last known password is the best guess.
            return before?.Password;
        }
    }

    private static byte[] Fingerprint(ReadOnlySpan<byte> password) => SHA256.HashData(password);

    /// <summary>The file's state when it was read.</summary>
    private sealed record Reading(DateTime At, long Length, byte[] Password);
}
