using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>How the checks of Cyrus get in: as the administrator, or as some user by the administrator's password.</summary>
internal sealed class ImapEndpoint(CyrusOptions options, TimeProvider time, MailboxRepository accounts)
{
    public CyrusOptions Options => options;

    /// <exception cref="CyrusUnavailableException">No connection or no sign-in: <see cref="ImapSignInCheck"/> says so.</exception>
    public Task<CyrusSession> OpenAsync(CancellationToken cancellationToken) =>
        CyrusSession.SignInAsync(options, time, owner: null, cancellationToken);

    /// <summary>What a check finds as the administrator; unknown when nobody gets in, which another check tells once.</summary>
    public async Task<IReadOnlyList<Finding>> LookAsync(
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

    /// <summary>The same as the owner of some mailbox that is in place; unknown while there is none.</summary>
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
