using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Processes;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Ends the ManageSieve sessions of accounts that were suspended, deleted, lost the service or got a new password. Cyrus checks a login
/// only once. Unlike its IMAP and POP3 servers, timsieved keeps no list of its sessions (<c>cyr_info proc</c>) and ignores <c>cyr_deny</c>,
/// so its process gets SIGTERM.
/// </summary>
internal sealed class SieveSessionEnd(MailSessions sessions, FindLogin find, KillCommand kill, ILogger<SieveSessionEnd> logger)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>Signals all sessions that have to end now; a session is forgotten once its process has ended.</summary>
    /// <returns>False if one of them could not be signalled.</returns>
    public async Task<bool> EndAsync(CancellationToken cancellationToken)
    {
        var told = true;
        foreach (var session in sessions.Sieve)
        {
            if (IsOver(session)) sessions.Remove(session);
            else if (!IsAllowed(session)) told &= await IsToldAsync(session, cancellationToken);
        }
        return told;
    }

    private static bool IsOver(MailSession session) => PeerProcess.StartOf(session.Process) is not { } start || start != session.Start;

    private bool IsAllowed(MailSession session) =>
        find(session.Account.Username) is { MayLogin: true } now && now.Services.HasFlag(MailProtocols.Sieve)
            && now.PasswordHash == session.Account.PasswordHash;

    private async Task<bool> IsToldAsync(MailSession session, CancellationToken cancellationToken)
    {
        string[] command = [.. kill.Arguments, "-TERM", session.Process.ToString(CultureInfo.InvariantCulture)];
        try
        {
            (await CommandRunner.RunAsync(new(command) { Deadline = Deadline }, cancellationToken)).Succeeded();
            return true;
        }
        catch (CommandException e)
        {
            logger.SieveSessionGoesOn(session.Account.Username, e.Message);
            return false;
        }
    }
}
