using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Ends a user's open sessions (IMAP with IDLE, POP3, ManageSieve) with cyr_deny(8), which only works on the Cyrus host: IMAP has no such
/// command, and Cyrus checks a login only once. If no command is set, nothing is done, and the sessions end by themselves.
/// </summary>
internal sealed class CyrusSignOut(CyrusOptions options)
{
    // The reason that the mail program may show to the user.
    private const string Reason = "Please sign in again";

    // The name of no existing service: cyr_deny ends the user's sessions of all services anyway, and blocks the named services during the
    // three seconds that it runs. Blocking would refuse the new password too. Without this option LMTP would be blocked as well: mail of
    // that moment would wait in the queue for minutes.
    private const string NoService = "none";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>Ends the sessions. Idempotent; a user without sessions is a success.</summary>
    /// <exception cref="CyrusRefusedException">The command failed; the message has its own words.</exception>
    /// <exception cref="CyrusUnavailableException">The command did not end in time.</exception>
    public async Task EndAsync(Username username, CancellationToken cancellationToken)
    {
        if (options.DenyCommand.Count == 0) return;
        await RunAsync(["-s", NoService, "-m", Reason, username.Value], cancellationToken);
        // Remove the user's entry again. The login socket decides who may sign in.
        await RunAsync(["-a", username.Value], CancellationToken.None);
    }

    private async Task RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var result = await CommandRunner.RunAsync(
                new([.. options.DenyCommand, .. arguments]) { Deadline = Deadline }, cancellationToken);
            if (result.ExitCode == 0) return;
            var words = $"{result.Output} {result.Error}".Trim();
            throw new CyrusRefusedException(CyrusStep.SignOut, words.Length > 0 ? words : result.Message);
        }
        catch (CommandTimeoutException late)
        {
            throw new CyrusUnavailableException(late.Message, late);
        }
        catch (CommandException missing)
        {
            throw new CyrusRefusedException(CyrusStep.SignOut, missing.Message, missing);
        }
    }
}
