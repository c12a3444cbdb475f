using System.CommandLine;

namespace MailAdmin.Web.Commands.Admins;

/// <summary>
/// The arguments of the commands about one admin. A password is never an argument, because every user of the machine could read it.
/// </summary>
internal static class AdminArguments
{
    public static Argument<string> Name() => new("NAME") { Description = CommandTexts.AdminName };

    public static Option<bool> PasswordFromInput() => new("--password-stdin") { Description = CommandTexts.PasswordStdin };

    /// <summary>Reads the password from standard input's first line if requested; otherwise generates one, which is shown once.</summary>
    public static async Task<(string Password, bool IsOurs)> PasswordAsync(CommandRun run, Option<bool> fromInput) =>
        run.Arguments.GetValue(fromInput)
        ? (await Console.In.ReadLineAsync(run.CancellationToken) ?? "", false)
        : (Core.Passwords.PasswordGenerator.Create(), true);
}
