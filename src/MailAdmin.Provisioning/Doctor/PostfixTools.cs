using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Runs postconf(1) of this host's Postfix.</summary>
internal static class PostfixTools
{
    // The shell's exit code for a missing program.
    private const int NotRun = 127;

    // postconf only reads files.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>The folder of main.cf.</summary>
    public static string FolderOf(MapOptions maps) => maps.ConfigDirectory ?? "/etc/postfix";

    /// <returns>The result. Never throws because of postconf: if it can't be run, the error says why.</returns>
    public static async Task<CommandResult> PostconfAsync(
        this MapOptions maps, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // postconf is installed in the folder of postmap.
        var program = Path.Combine(Path.GetDirectoryName(maps.Postmap) ?? "", "postconf");
        try
        {
            return await CommandRunner.RunAsync(
                new(program, [.. maps.ConfigArguments, .. arguments]) { Deadline = Deadline }, cancellationToken);
        }
        catch (CommandException e)
        {
            return new("postconf", NotRun, "", e.Message);
        }
    }
}
