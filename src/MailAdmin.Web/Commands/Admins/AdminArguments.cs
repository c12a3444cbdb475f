using System.CommandLine;

namespace MailAdmin.Web.Commands.Admins;

/// <summary>
/// What the commands about one admin are given. A password is never an argument: every user of the machine could read it.
/// </summary>
internal static class AdminArguments
{
    public static Argument<string> Name() => new("NAME") { Description = CommandTexts.AdminName };

    public static Option<bool> PasswordFromInput() => new("--password-stdin") { Description = CommandTexts.PasswordStdin };

    /// <summary>The first line of standard input, where it is to be read; else a new one, to be shown once.</summary>
    public static async Task<(string Password, bool IsOurs)> PasswordAsync(CommandRun run, Option<bool> fromInput) =>
        run.Arguments.GetValue(fromInput)
        ? (await Console.In.ReadLineAsync(run.CancellationToken) ?? "", false)
        : (Core.Passwords.PasswordGenerator.Create(), true);
}
