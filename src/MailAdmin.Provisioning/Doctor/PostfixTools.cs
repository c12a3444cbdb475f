using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>postconf(1) of this host's Postfix.</summary>
internal static class PostfixTools
{
    // As a shell has it for a program that is not there.
    private const int NotRun = 127;

    // It only reads files.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Folder of main.cf.</summary>
    public static string FolderOf(MapOptions maps) => maps.ConfigDirectory ?? "/etc/postfix";

    /// <returns>Never an exception because of postconf: where it can't be run, the error says why.</returns>
    public static async Task<CommandResult> PostconfAsync(
        this MapOptions maps, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // It is installed beside postmap.
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
