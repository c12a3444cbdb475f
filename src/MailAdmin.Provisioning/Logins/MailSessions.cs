using System.Collections.Concurrent;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Logins;

/// <summary>Who signed in, and the password that was right then.</summary>
/// <param name="Account">As it stood when the sign-in was allowed.</param>
/// <param name="Start">When the process started, where it is asked for later; null otherwise.</param>
internal sealed record MailSession(int Process, MailProtocols Service, LoginRecord Account, long? Start);

/// <summary>
/// Sessions of services that look at the account no more once somebody is in: SMTP and ManageSieve. A process of Postfix or Cyrus serves
/// one client at a time, and it is the process itself that asks us, so its number names the session. The next client's sign-in takes the
/// place of the former's.
/// </summary>
internal sealed class MailSessions
{
    /// <summary>Processes remembered before those that have ended are looked for.</summary>
    public const int Many = 10_000;

    private readonly ConcurrentDictionary<int, MailSession> _smtp = new();
    private readonly ConcurrentDictionary<int, MailSession> _sieve = new();

    /// <summary>ManageSieve sessions; some of them may have ended.</summary>
    public IEnumerable<MailSession> Sieve => _sieve.Values;

    public void Add(int process, MailProtocols service, LoginRecord account)
    {
        if (process <= 0) return;
        if (service == MailProtocols.Smtp) Put(_smtp, new(process, service, account, null));
        else if (service == MailProtocols.Sieve) Put(_sieve, new(process, service, account, PeerProcess.StartOf(process)));
    }

    /// <summary>Who signed in last through this process of Postfix; null when nobody did since the panel started.</summary>
    public MailSession? Smtp(int process) => _smtp.GetValueOrDefault(process);

    /// <summary>Forgets a session, unless another has taken its place.</summary>
    public void Remove(MailSession session) => _sieve.TryRemove(new(session.Process, session));

    private static void Put(ConcurrentDictionary<int, MailSession> sessions, MailSession session)
    {
        sessions[session.Process] = session;
        if (sessions.Count <= Many) return;
        foreach (var process in sessions.Keys)
            if (!Path.Exists($"/proc/{process}")) sessions.TryRemove(process, out _);
    }
}
