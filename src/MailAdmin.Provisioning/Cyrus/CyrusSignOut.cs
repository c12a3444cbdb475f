using System.ComponentModel;
using System.Diagnostics;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Ends a user's open sessions (IMAP with IDLE, POP3, ManageSieve) by cyr_deny(8), which only works on the Cyrus host: no command of IMAP can,
/// and Cyrus asks about a login once. Where no command is set nothing is done, and sessions end by themselves.
/// </summary>
internal sealed class CyrusSignOut(CyrusOptions options)
{
    // What the mail program may show as the reason.
    private const string Reason = "Please sign in again";

    // Of no service: cyr_deny ends the sessions of all, and would keep the services that it is given shut for the three seconds that it takes. That would
    // refuse the new password too, and without this option LMTP: mail of that moment would wait in the queue for minutes.
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
        var command = options.DenyCommand;
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Deadline);
        using var process = Start(start);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = await process.StandardError.ReadToEndAsync(deadline.Token);
            var words = $"{await output} {errors}".Trim();
            await process.WaitForExitAsync(deadline.Token);
            if (process.ExitCode != 0) throw new CyrusRefusedException(CyrusStep.SignOut, words.Length > 0 ? words : $"{command[0]} exited with {process.ExitCode}");
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new CyrusUnavailableException($"{command[0]} did not end within {Deadline.TotalSeconds:0} s", e);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new CyrusRefusedException(CyrusStep.SignOut, $"{start.FileName} can't be started: {e.Message}", e);
        }
    }
}
