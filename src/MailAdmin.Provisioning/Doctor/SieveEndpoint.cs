using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>How the checks of ManageSieve get in: as some user, by the administrator's password; there is no other way.</summary>
internal sealed class SieveEndpoint(SieveOptions options, CyrusOptions cyrus, TimeProvider time, MailboxRepository accounts)
{
    // Cyrus refuses one of two who sign in as the same user at once, the first time.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>What a check finds; unknown while no account has a mailbox.</summary>
    public async Task<IReadOnlyList<Finding>> LookAsync(
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
