using System.CommandLine;

namespace MailAdmin.Web.Commands.Backups;

/// <summary>The passphrase of a backup, which is in a file: an argument would be in the list of processes.</summary>
internal static class Passphrase
{
    public static Option<string?> Option { get; } = new(
        "--passphrase-file")
    { Description = BackupTexts.PassphraseFile, HelpName = "FILE" };

    /// <returns>The first line of the file; null if none is named.</returns>
    /// <exception cref="FormatException">The line is empty.</exception>
    public static async Task<string?> ReadAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(Option) is not { } file) return null;
        var line = (await File.ReadAllTextAsync(file, cancellationToken)).Split('\n', 2)[0].TrimEnd('\r');
        return line.Length > 0 ? line : throw new FormatException(BackupTexts.FormatPassphraseEmpty(file));
    }
}
