using System.CommandLine;

namespace MailAdmin.Web.Commands.Manual;

/// <summary>Texts of a manual page, as man(7) needs them.</summary>
internal static class ManualText
{
    /// <summary>
    /// Plain text. A backslash and a hyphen would mean something else, and so would a dot or an apostrophe that begins a line.
    /// </summary>
    public static string Of(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("’", "\\(cq", StringComparison.Ordinal).ReplaceLineEndings(" ");
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }

    /// <summary>The names of an option, and what follows them: <c>--settings FILE</c>.</summary>
    public static string Names(Option option)
    {
        var names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(n => $"\\fB{Of(n)}\\fR"));
        var isFlag = option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool);
        return isFlag ? names : $"{names} \\fI{Of(ValueOf(option))}\\fR";
    }

    /// <summary>A command with what may or must follow it.</summary>
    public static string Synopsis(string words, Command command)
    {
        var arguments = command.Arguments.Select(
            a => a.Arity.MinimumNumberOfValues > 0 ? $" \\fI{Of(a.Name)}\\fR" : $" [\\fI{Of(a.Name)}\\fR]");
        var options = command.Options.Where(o => !o.Hidden).Select(o => o.Required ? $" {Names(o)}" : $" [{Names(o)}]");
        var commands = command is RootCommand ? " [\\fICOMMAND\\fR]" : "";
        return $"\\fB{Of(words)}\\fR{commands}{string.Concat(arguments)}{string.Concat(options)}";
    }

    private static string ValueOf(Option option) => option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant();
}
