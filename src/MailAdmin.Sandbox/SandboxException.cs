namespace MailAdmin.Sandbox;

/// <summary>The sandbox cannot go on, for a reason that a person can put right: the message says what happened and what to do.</summary>
public sealed class SandboxException(string message, Exception? inner = null) : Exception(message, inner);
