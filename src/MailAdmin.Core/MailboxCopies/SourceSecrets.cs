using System.Globalization;
using System.Text;
using MailAdmin.Core.Secrets;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>
/// Encrypts the passwords and tokens for other servers with a key that is not in the database (decision 0031). A text is bound to its
/// account, so that a row copied to another account can't be opened.
/// </summary>
public sealed class SourceSecrets(PanelKey key)
{
    private const string Purpose = "MailAdmin.MailboxCopies";

    internal string Seal(string secret, long accountId) =>
        Convert.ToBase64String(SecretBox.Seal(key.DeriveFor(Purpose), Encoding.UTF8.GetBytes(secret), OwnerOf(accountId)));

    /// <summary>Null if it was sealed with another key file.</summary>
    internal string? Open(string text, long accountId) =>
        SecretBox.Open(key.DeriveFor(Purpose), Convert.FromBase64String(text), OwnerOf(accountId)) is { } secret
            ? Encoding.UTF8.GetString(secret) : null;

    private static byte[] OwnerOf(long accountId) => Encoding.ASCII.GetBytes(accountId.ToString(CultureInfo.InvariantCulture));
}
