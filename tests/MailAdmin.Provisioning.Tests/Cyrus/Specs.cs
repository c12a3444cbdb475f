using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Tests.Cyrus;

internal static class Specs
{
    private static int _number;

    /// <summary>Returns a name that no other test has.</summary>
    public static string NewName() => $"spec{Interlocked.Increment(ref _number):D4}";

    public static MailboxSpec Of(string name, long? kib, params string[] folders) =>
        new(Username.Parse(name), kib is { } limit ? new Quota(limit) : null, folders);
}
