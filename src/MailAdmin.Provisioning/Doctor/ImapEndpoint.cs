using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>The sign-in of the Cyrus checks: as the administrator, or as a user with the administrator's password.</summary>
internal sealed class ImapEndpoint(CyrusOptions options, TimeProvider time, MailboxRepository accounts)
{
    public CyrusOptions Options => options;

    /// <exception cref="CyrusUnavailableException">
    /// The connection or the sign-in failed: <see cref="ImapSignInCheck"/> reports it.
    /// </exception>
    public Task<CyrusSession> OpenAsync(CancellationToken cancellationToken) =>
        CyrusSession.SignInAsync(options, time, owner: null, cancellationToken);

    /// <summary>Runs a check as the administrator; unknown if the sign-in fails, which another check reports once.</summary>
    public async Task<IReadOnlyList<Finding>> CheckAsync(
        Func<CyrusSession, Task<IReadOnlyList<Finding>>> look, CancellationToken cancellationToken)
    {
        try
        {
            using var session = await OpenAsync(cancellationToken);
            return await look(session);
        }
        catch (CyrusUnavailableException)
        {
            return [Finding.Unknown("NotSignedIn")];
        }
    }

    /// <summary>Runs a check as the owner of some existing mailbox; unknown while there is none.</summary>
    public async Task<IReadOnlyList<Finding>> LookAsOwnerAsync(
        Func<CyrusSession, Task<IReadOnlyList<Finding>>> look, CancellationToken cancellationToken)
    {
        if (await accounts.FindReadyAsync(cancellationToken) is not { } account) return [Finding.Unknown("NoAccount")];
        try
        {
            using var session = await CyrusSession.SignInAsync(options, time, account.Username, cancellationToken);
            return await look(session);
        }
        catch (CyrusUnavailableException)
        {
            return [Finding.Unknown("NotSignedIn")];
        }
    }
}
