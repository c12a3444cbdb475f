using System.CommandLine;
using System.Reflection;

namespace MailAdmin.Web.Commands.Manual;

/// <summary>One manual page (man(7)) of the program or of one command, with the command's own commands.</summary>
internal static class ManualPage
{
    private const string Program = "mailadmin";

    /// <summary>The page's name: <c>mailadmin</c>, or <c>mailadmin-drift</c> for a command.</summary>
    public static string NameOf(Command command) => command is RootCommand ? Program : $"{Program}-{command.Name}";

    /// <summary>The page's text.</summary>
    public static string Of(Command command) => string.Join(
        '\n',
        [
            $".TH {NameOf(command).ToUpperInvariant()} 1 \"\" \"MailAdmin {Version}\" \"MailAdmin\"",
            ".SH NAME",
            $"{ManualText.Of(NameOf(command))} \\- {ManualText.Of(Summary(command))}",
            ".SH SYNOPSIS",
            .. Synopsis(command),
            .. Section("DESCRIPTION", Description(command)),
            .. Section("ARGUMENTS", command.Arguments.SelectMany(Argument)),
            .. Section("OPTIONS", OptionsOf(command).SelectMany(Option)),
            .. Section("COMMANDS", Shown(command).SelectMany(c => Command(command, c))),
            .. Section("EXIT STATUS", ExitStatus()),
            .. Section("FILES", [".TP", $"\\fI{CommandOptions.DefaultSettings}\\fR", "The settings file."]),
            .. Section("SEE ALSO", SeeAlso(command)),
            "",
        ]);

    private static string Version =>
        typeof(ManualPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    // apropos(1) shows the summary beside the name.
    private static string Summary(Command command) => command is RootCommand ? "administration of mail domains" : command.Description!;

    private static IEnumerable<string> Description(Command command) => command is RootCommand
        ? [ManualText.Of(command.Description!)] : [ManualText.Of(command.Description!) + "."];

    private static IEnumerable<string> Synopsis(Command command)
    {
        yield return ManualText.Synopsis(Words(command), command);
        foreach (var inner in Shown(command).Where(_ => command is not RootCommand))
        {
            yield return ".br";
            yield return ManualText.Synopsis($"{Words(command)} {inner.Name}", inner);
        }
    }

    private static string Words(Command command) => command is RootCommand ? Program : $"{Program} {command.Name}";

    private static IEnumerable<Command> Shown(Command command) => command.Subcommands.Where(c => !c.Hidden);

    // Options of every command are in the page of each.
    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command is RootCommand ? [] : [CommandOptions.Settings, CommandOptions.Json]).Where(o => !o.Hidden);

    // The commands of the program have pages of their own; those of a command are explained in its page.
    private static IEnumerable<string> Command(Command parent, Command command) => parent is RootCommand
        ? [".TP", $"\\fB{ManualText.Of(NameOf(command))}\\fR(1)", ManualText.Of(command.Description!)]
        : [$".SS \"{ManualText.Of(Words(parent))} {command.Name}\"", ManualText.Of(command.Description!) + ".",
            .. command.Arguments.SelectMany(Argument), .. command.Options.Where(o => !o.Hidden).SelectMany(Option)];

    private static IEnumerable<string> Argument(Argument argument) =>
        [".TP", $"\\fI{ManualText.Of(argument.Name)}\\fR", ManualText.Of(argument.Description ?? "")];

    private static IEnumerable<string> Option(Option option) =>
        [".TP", ManualText.Names(option), ManualText.Of(option.Description ?? "")];

    private static IEnumerable<string> ExitStatus() =>
    [
        ".TP", ".B 0", "All is well, or the request was carried out.",
        ".TP", ".B 1", "Something is not as it should be, or the request was refused.",
        ".TP", ".B 2", "The command line or the settings file is wrong; nothing was done.",
        ".TP", ".B 3", "The database or a server could not be asked: the result is unknown.",
        ".TP", ".B 4", "A fault of the program, or interrupted.",
    ];

    private static IEnumerable<string> SeeAlso(Command command) => command is RootCommand
        ? ["\\fBpostfix\\fR(1), \\fBcyrmaster\\fR(8), \\fI/usr/share/doc/mailadmin\\fR"]
        : ["\\fBmailadmin\\fR(1), \\fI/usr/share/doc/mailadmin\\fR"];

    private static IEnumerable<string> Section(string title, IEnumerable<string> lines) =>
        lines.ToList() is { Count: > 0 } filled ? [$".SH {title}", .. filled] : [];
}
