using System.CommandLine;

namespace MailAdmin.Web.Commands.Manual;

/// <summary>
/// <c>mailadmin manual FOLDER</c>: writes the manual pages, one for the program and one for each of its commands, from the same
/// descriptions as <c>--help</c>. The package's build runs it; help does not list it.
/// </summary>
internal sealed class ManualCommand : Command
{
    private readonly Argument<DirectoryInfo> _folder = new("FOLDER");

    public ManualCommand() : base("manual")
    {
        Hidden = true;
        Arguments.Add(_folder);
        SetAction(parsed => Write(parsed.GetRequiredValue(_folder)));
    }

    private static int Write(DirectoryInfo folder)
    {
        folder.Create();
        var root = CommandLine.Root();
        foreach (var command in root.Subcommands.Where(c => !c.Hidden).Prepend(root))
            File.WriteAllText(Path.Combine(folder.FullName, ManualPage.NameOf(command) + ".1"), ManualPage.Of(command));
        return (int)ExitCode.Fine;
    }
}
