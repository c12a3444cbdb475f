namespace MailAdmin.Provisioning.Processes;

/// <summary>
/// A command failed or can't be started. The message is a sentence for people: the command's own words if it printed any.
/// </summary>
public class CommandException(string words, Exception? inner = null) : Exception(words, inner);

/// <summary>A command did not end in time and was killed. Its work may be done or not.</summary>
public sealed class CommandTimeoutException(string words) : CommandException(words);
