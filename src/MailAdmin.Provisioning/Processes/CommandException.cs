namespace MailAdmin.Provisioning.Processes;

/// <summary>A command failed, or can't be started; the message is a sentence for a person, its own words where it had any.</summary>
public class CommandException(string words, Exception? inner = null) : Exception(words, inner);

/// <summary>A command did not end in time, and was killed. What it was to do may be done or not.</summary>
public sealed class CommandTimeoutException(string words) : CommandException(words);
