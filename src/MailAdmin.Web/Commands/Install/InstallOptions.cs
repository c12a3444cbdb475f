using System.CommandLine;

namespace MailAdmin.Web.Commands.Install;

/// <summary>The options of <c>mailadmin install</c>.</summary>
internal sealed class InstallOptions
{
    public Option<string?> Hostname { get; } = Text("--hostname", InstallTexts.OptionHostname, "NAME");

    public Option<string?> SuperuserEmail { get; } = Text("--superuser-email", InstallTexts.OptionSuperuser, "ADDRESS");

    public Option<string?> PanelUrl { get; } = Text("--panel-url", InstallTexts.OptionPanelUrl, "URL");

    public Option<string?> Certificate { get; } = Text("--certificate", InstallTexts.OptionCertificate, "FILE");

    public Option<string?> Key { get; } = Text("--key", InstallTexts.OptionKey, "FILE");

    public Option<string?> Root { get; } = Text("--root", InstallTexts.OptionRoot, "FOLDER");

    public Option<bool> Yes { get; } = new("--yes") { Description = InstallTexts.OptionYes };

    public Option<bool> NoRestart { get; } = new("--no-restart") { Description = InstallTexts.OptionNoRestart };

    public Option<bool> Replace { get; } = new("--replace") { Description = InstallTexts.OptionReplace };

    public Option<bool> Rollback { get; } = new("--rollback") { Description = InstallTexts.OptionRollback };

    public IEnumerable<Option> All =>
        [Hostname, SuperuserEmail, PanelUrl, Certificate, Key, Yes, CommandOptions.DryRun, NoRestart, Replace, Rollback, Root];

    /// <summary>What the options answer.</summary>
    public TypedAnswers Answers(ParseResult parsed) =>
        new(parsed.GetValue(Hostname), parsed.GetValue(SuperuserEmail), parsed.GetValue(PanelUrl))
        {
            Certificate = Full(parsed.GetValue(Certificate)),
            Key = Full(parsed.GetValue(Key)),
        };

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);

    private static Option<string?> Text(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value };
}
