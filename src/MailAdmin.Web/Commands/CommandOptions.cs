using System.CommandLine;

namespace MailAdmin.Web.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommandOptions
{
    /// <summary>The settings file that is read if none is named.</summary>
    public const string DefaultSettings = "/etc/mailadmin/settings.json";

    /// <summary>For every command.</summary>
    public static Option<string?> Settings { get; } = new(
        "--settings")
    { Description = CommandTexts.FormatSettings(DefaultSettings), Recursive = true, HelpName = "FILE" };

    /// <summary>For every command.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = CommandTexts.Json, Recursive = true };

    /// <summary>For commands that change something.</summary>
    public static Option<bool> DryRun { get; } = new("--dry-run") { Description = CommandTexts.DryRun };
}
