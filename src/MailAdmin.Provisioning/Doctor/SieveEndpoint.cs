using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>The sign-in of the ManageSieve checks: as a user with the administrator's password, which is the only way.</summary>
internal sealed class SieveEndpoint(SieveOptions options, CyrusOptions cyrus, TimeProvider time, MailboxRepository accounts)
{
    // If two connections sign in as the same user for the first time at once, Cyrus refuses one of them.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>Runs a check; unknown while no account has a mailbox.</summary>
    public async Task<IReadOnlyList<Finding>> CheckAsync(
        Func<ManageSieveClient, IReadOnlyList<Finding>> look, CancellationToken cancellationToken)
    {
        if (await accounts.FindReadyAsync(cancellationToken) is not { } account) return [Finding.Unknown("NoAccount")];
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            await using var client = await ManageSieveClient.SignInAsync(options, cyrus, time, account.Username, cancellationToken);
            var found = look(client);
            return found;
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
