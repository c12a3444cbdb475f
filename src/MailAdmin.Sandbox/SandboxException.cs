namespace MailAdmin.Sandbox;

/// <summary>The sandbox cannot continue, for a reason that the user can correct: the message says what happened and what to do.</summary>
public sealed class SandboxException(string message, Exception? inner = null) : Exception(message, inner);
