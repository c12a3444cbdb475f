using System.CommandLine;

namespace MailAdmin.Web.Commands;

/// <summary>
/// One command of <c>mailadmin</c>: a small class that declares its arguments, asks the same services as the pages, and reports once.
/// A new one gets its line in <see cref="CommandLine"/>. What it prints for people comes from its texts; what it prints with <c>--json</c>
/// is a promise (docs/operations.md): fields are added there, never renamed.
/// </summary>
internal abstract class PanelCommand : Command
{
    protected PanelCommand(string name, string description) : base(name, description) =>
        SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(this, parsed, cancellationToken));

    /// <summary>What has to hold of the database before it runs.</summary>
    public virtual DatabaseNeed Needs => DatabaseNeed.Current;

    /// <param name="run">The services, the arguments and where to report.</param>
    public abstract Task<ExitCode> RunAsync(CommandRun run);
}

internal enum DatabaseNeed
{
    /// <summary>It is there, with the tables of this version.</summary>
    Current,

    /// <summary>It is made or brought to this version, as at the panel's start.</summary>
    Prepared,

    /// <summary>Whatever it is: the command looks at that itself.</summary>
    None,
}
