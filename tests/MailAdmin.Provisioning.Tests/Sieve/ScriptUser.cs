using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.Sieve;

/// <summary>A user with a mailbox on the private Cyrus, and with a mail program for the user's scripts.</summary>
internal sealed class ScriptUser(PrivateCyrus cyrus, Username name)
{
    public Username Name => name;

    public PrivateCyrus Cyrus => cyrus;

    public static async Task<ScriptUser> CreateAsync(CyrusFixture fixture)
    {
        var cyrus = await fixture.ServerAsync();
        var spec = Specs.Of(Specs.NewName(), null);
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(spec, TestContext.Current.CancellationToken);
        return new(cyrus, spec.Username);
    }

    public Task<ManageSieveClient> SignInAsync(bool startTls = false) => ManageSieveClient.SignInAsync(
        cyrus.SieveOptions(startTls), cyrus.Options(), TimeProvider.System, name, TestContext.Current.CancellationToken);
}
