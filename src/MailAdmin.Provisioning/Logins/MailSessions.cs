using System.Collections.Concurrent;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Logins;

/// <summary>A sign-in, with the account as it was then.</summary>
/// <param name="Account">The account when the sign-in was allowed, including its password hash.</param>
/// <param name="Start">The process's start time, for services whose sessions are checked later; null otherwise.</param>
internal sealed record MailSession(int Process, MailProtocols Service, LoginRecord Account, long? Start);

/// <summary>
/// The sessions of services that don't check the account again after the sign-in: SMTP and ManageSieve. A process of Postfix or Cyrus
/// serves one client at a time and connects to the login socket itself, so its process id identifies the session. The next client's sign-in
/// replaces the previous one.
/// </summary>
internal sealed class MailSessions
{
    /// <summary>The number of processes above which those that have ended are removed.</summary>
    public const int Many = 10_000;

    private readonly ConcurrentDictionary<int, MailSession> _smtp = new();
    private readonly ConcurrentDictionary<int, MailSession> _sieve = new();

    /// <summary>The ManageSieve sessions; some of them may have ended.</summary>
    public IEnumerable<MailSession> Sieve => _sieve.Values;

    public void Add(int process, MailProtocols service, LoginRecord account)
    {
        if (process <= 0) return;
        if (service == MailProtocols.Smtp) Put(_smtp, new(process, service, account, null));
        else if (service == MailProtocols.Sieve) Put(_sieve, new(process, service, account, PeerProcess.StartOf(process)));
    }

    /// <summary>The latest sign-in through this process of Postfix; null if there was none since the panel started.</summary>
    public MailSession? Smtp(int process) => _smtp.GetValueOrDefault(process);

    /// <summary>Removes a session, unless another one has replaced it.</summary>
    public void Remove(MailSession session) => _sieve.TryRemove(new(session.Process, session));

    private static void Put(ConcurrentDictionary<int, MailSession> sessions, MailSession session)
    {
        sessions[session.Process] = session;
        if (sessions.Count <= Many) return;
        foreach (var process in sessions.Keys)
            if (!Path.Exists($"/proc/{process}")) sessions.TryRemove(process, out _);
    }
}
