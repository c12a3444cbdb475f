namespace MailAdmin.Provisioning.Logins;

/// <summary>The command that sends a signal to Cyrus' processes (<c>Cyrus:KillCommand</c>).</summary>
/// <param name="Words">The program and what stands before <c>-TERM PID</c>; empty where there is none.</param>
internal sealed record KillCommand(IReadOnlyList<string> Words);
