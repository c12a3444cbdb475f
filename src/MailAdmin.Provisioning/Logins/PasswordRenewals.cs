using System.Collections.Concurrent;
using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Passwords;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Hashes a password anew with bcrypt when its user signs in and the stored hash is an imported one, or of another cost. The sign-in does
/// not wait for it, and the hash is written with the last logins (docs/decisions/0050).
/// </summary>
internal sealed class PasswordRenewals(PasswordHasher hasher, PasswordHashQueue queue, LastLogins lastLogins)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A mail program opens several connections at the same time; one of them is enough.
    private readonly ConcurrentDictionary<long, bool> _running = [];

    /// <param name="account">The account as it was read.</param>
    /// <param name="hash">Its stored hash, which the password fits.</param>
    /// <param name="password">Its octets.</param>
    public void Renew(LoginRecord account, PasswordHash hash, ReadOnlyMemory<byte> password)
    {
        if (!hasher.NeedsRehash(hash) || TextOf(password.Span) is not { } text || !_running.TryAdd(account.AccountId, true)) return;
        _ = RunAsync(account, text);
    }

    private async Task RunAsync(LoginRecord account, string text)
    {
        try
        {
            // Behind everybody who waits for an answer.
            var renewed = await queue.RunAsync(() => hasher.Hash(text), HashClass.Doubtful, CancellationToken.None);
            lastLogins.AddRenewed(account.AccountId, new(account.PasswordHash, renewed));
        }
        catch (Exception e) when (e is PasswordHashQueueFullException or OperationCanceledException or ObjectDisposedException)
        {
            // The next sign-in tries again.
        }
        finally
        {
            _running.TryRemove(account.AccountId, out _);
        }
    }

    // Null if bcrypt cannot hash the whole password, or if a client sends another encoding than UTF-8: the old hash stays.
    private static string? TextOf(ReadOnlySpan<byte> password)
    {
        try
        {
            var text = StrictUtf8.GetString(password);
            var isWhole = Encoding.UTF8.GetByteCount(OpaqueString.Normalize(text)) <= PasswordHasher.MaxOctets && !text.Contains('\0');
            return isWhole ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
