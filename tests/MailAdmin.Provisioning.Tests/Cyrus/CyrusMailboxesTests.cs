using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Tests.Cyrus;

public sealed class CyrusMailboxesTests(CyrusFixture fixture)
{
    private static int _number;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "user/", "INBOX", "Sent", "Archives/2025")]
    [InlineData(false, "user.", "INBOX", "INBOX.Sent", "INBOX.Archives.2025")]
    // C138, C066
    public async Task A_wish_becomes_mailbox_rights_quota_and_subscribed_folders(bool slashes, string prefix, string inbox, string sent, string deep)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        var (name, mailbox) = NewName(prefix);
        using var provisioner = new Provisioner(cyrus.Options());

        await provisioner.Mailboxes.EnsureAsync(Wish(name, 25000, "Sent", "Archives/2025", "Éléments envoyés"), Cancellation);

        await using var admin = await RawImap.SignInAsync(cyrus);
        Assert.Contains($"* ACL {mailbox} {name} lrswipkxtecdan", await admin.OkAsync($"GETACL {mailbox}"), StringComparer.Ordinal);
        Assert.Contains($"* QUOTA {mailbox} (STORAGE 0 25000)", await admin.OkAsync($"GETQUOTAROOT {mailbox}"), StringComparer.Ordinal);
        await using var owner = await RawImap.SignInAsync(cyrus, name);
        Assert.StartsWith("OK", (await owner.SendAsync($"SELECT {inbox}"))[^1], StringComparison.Ordinal);
        var subscribed = await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"");
        Assert.Equal(4, subscribed.Count);
        Assert.DoesNotContain(subscribed, line => line.Contains("NonExistent", StringComparison.Ordinal));
        Assert.Contains(subscribed, line => line.EndsWith($" {sent}", StringComparison.Ordinal));
        Assert.Contains(subscribed, line => line.EndsWith($" {deep}", StringComparison.Ordinal));
    }

    private static (string Name, string Mailbox) NewName(string prefix)
    {
        var name = $"wish{Interlocked.Increment(ref _number):D4}";
        return (name, prefix + name);
    }

    private static MailboxWish Wish(string name, long? kib, params string[] folders) => new(Username.Parse(name), kib is { } limit ? new Quota(limit) : null, folders);
}
