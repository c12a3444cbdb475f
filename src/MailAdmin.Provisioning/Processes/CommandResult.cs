namespace MailAdmin.Provisioning.Processes;

/// <summary>The result of a command.</summary>
/// <param name="Name">The program's name.</param>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Its standard output, unchanged.</param>
/// <param name="Error">Its standard error, without leading and trailing white space.</param>
public sealed record CommandResult(string Name, int ExitCode, string Output, string Error)
{
    /// <summary>The failure in words: the command's own if it printed any.</summary>
    public string Message => Error.Length > 0 ? Error : $"{Name} exited with {ExitCode}";

    /// <exception cref="CommandException">The exit code is not 0.</exception>
    public CommandResult Succeeded() => ExitCode == 0 ? this : throw new CommandException(Message);
}
