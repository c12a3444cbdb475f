using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>How the checks of ManageSieve get in: as some user, by the administrator's password; there is no other way.</summary>
internal sealed class SieveDoor(SieveOptions options, CyrusOptions cyrus, TimeProvider time, MailboxRepository accounts)
{
    /// <summary>Null while no account has a mailbox.</summary>
    public async Task<ManageSieveClient?> OpenAsync(CancellationToken cancellationToken) =>
        await accounts.FindReadyAsync(cancellationToken) is { } account ? await ManageSieveClient.SignInAsync(options, cyrus, time, account.Username, cancellationToken) : null;
}
