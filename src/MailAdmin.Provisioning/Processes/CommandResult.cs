namespace MailAdmin.Provisioning.Processes;

/// <summary>How a command ended.</summary>
/// <param name="Name">The program's.</param>
/// <param name="ExitCode">0 where all is well.</param>
/// <param name="Output">Its standard output, as it is.</param>
/// <param name="Error">Its standard error, without white space around.</param>
public sealed record CommandResult(string Name, int ExitCode, string Output, string Error)
{
    /// <summary>What a person is told of its failure: its own words where it had any.</summary>
    public string Words => Error.Length > 0 ? Error : $"{Name} exited with {ExitCode}";

    /// <exception cref="CommandException">It did not end with 0.</exception>
    public CommandResult Succeeded() => ExitCode == 0 ? this : throw new CommandException(Words);
}
