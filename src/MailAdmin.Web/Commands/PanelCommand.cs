using System.CommandLine;

namespace MailAdmin.Web.Commands;

/// <summary>
/// One command of <c>mailadmin</c>: a small class that declares its arguments, calls the same services as the pages, and prints one result.
/// A new command needs a line in <see cref="CommandLine"/>. Its output for people comes from its texts. Its output with <c>--json</c> is
/// stable (docs/operations/commands.md): fields are added, never renamed.
/// </summary>
internal abstract class PanelCommand : Command
{
    protected PanelCommand(string name, string description) : base(name, description) =>
        SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(this, parsed, cancellationToken));

    /// <summary>The state of the database that the command needs.</summary>
    public virtual DatabaseNeed Needs => DatabaseNeed.Current;

    /// <param name="run">The services, the arguments and the output.</param>
    public abstract Task<ExitCode> RunAsync(CommandRun run);
}

internal enum DatabaseNeed
{
    /// <summary>The database exists, with the tables of this version.</summary>
    Current,

    /// <summary>The database is created or migrated to this version first, as at the panel's start.</summary>
    Prepared,

    /// <summary>Any state: the command checks the database itself.</summary>
    None,
}
