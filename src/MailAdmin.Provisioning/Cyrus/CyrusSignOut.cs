using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Ends a user's open sessions (IMAP with IDLE, POP3, ManageSieve) by cyr_deny(8), which only works on the Cyrus host: no command of IMAP
/// can, and Cyrus asks about a login once. Where no command is set nothing is done, and sessions end by themselves.
/// </summary>
internal sealed class CyrusSignOut(CyrusOptions options)
{
    // What the mail program may show as the reason.
    private const string Reason = "Please sign in again";

    // Of no service: cyr_deny ends the sessions of all, and would keep the services that it is given shut for the three seconds that it
    // takes. That would refuse the new password too, and without this option LMTP: mail of that moment would wait in the queue for minutes.
    private const string NoService = "none";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>Twice is the same as once; who is not signed in is a success.</summary>
    /// <exception cref="CyrusRefusedException">The command failed; its own words say why.</exception>
    /// <exception cref="CyrusUnavailableException">It did not end in time.</exception>
    public async Task EndAsync(Username username, CancellationToken cancellation)
    {
        if (options.DenyCommand.Count == 0) return;
        await RunAsync(["-s", NoService, "-m", Reason, username.Value], cancellation);
        // Its entry goes again. The login socket decides who comes in.
        await RunAsync(["-a", username.Value], CancellationToken.None);
    }

    private async Task RunAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        try
        {
            var result = await CommandRunner.RunAsync(new([.. options.DenyCommand, .. arguments]) { Deadline = Deadline }, cancellation);
            if (result.ExitCode == 0) return;
            var words = $"{result.Output} {result.Error}".Trim();
            throw new CyrusRefusedException(CyrusStep.SignOut, words.Length > 0 ? words : result.Words);
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
