namespace MailAdmin.Provisioning.Logins;

/// <summary>The command that sends a signal to Cyrus' processes (<c>Cyrus:KillCommand</c>).</summary>
/// <param name="Arguments">The program and its arguments before <c>-TERM PID</c>; empty if no command is set.</param>
internal sealed record KillCommand(IReadOnlyList<string> Arguments);
