using MailAdmin.Sandbox;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>The mailboxes in Cyrus, read by the test itself.</summary>
internal static class Mailboxes
{
    /// <summary>The number of mailboxes, without their folders, of users whose name begins with the prefix.</summary>
    public static async Task<int> CountAsync(MailSandbox sandbox, SignIn admin, string prefix)
    {
        using var imap = new ImapClient();
        await imap.ConnectAsync("127.0.0.1", sandbox.Ports.Imap, SecureSocketOptions.None);
        await imap.AuthenticateAsync(admin.User, admin.Password);
        var users = await imap.GetFoldersAsync(imap.OtherNamespaces[0]);
        await imap.DisconnectAsync(quit: true);
        return users.Select(f => f.FullName.Split('/'))
            .Count(parts => parts.Length == 2 && parts[1].StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>The limits, in KiB, of users whose name begins with the prefix.</summary>
    public static async Task<IReadOnlyDictionary<string, long?>> QuotasAsync(MailSandbox sandbox, SignIn admin, string prefix)
    {
        using var imap = new ImapClient();
        await imap.ConnectAsync("127.0.0.1", sandbox.Ports.Imap, SecureSocketOptions.None);
        await imap.AuthenticateAsync(admin.User, admin.Password);
        var limits = new Dictionary<string, long?>(StringComparer.Ordinal);
        foreach (var folder in await imap.GetFoldersAsync(imap.OtherNamespaces[0]))
        {
            if (folder.FullName.Split('/') is [_, var user] && user.StartsWith(prefix, StringComparison.Ordinal))
                limits[user] = (await folder.GetQuotaAsync()).StorageLimit;
        }
        await imap.DisconnectAsync(quit: true);
        return limits;
    }
}
