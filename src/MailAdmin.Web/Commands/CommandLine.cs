using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using MailAdmin.Web.Commands.Accounts;
using MailAdmin.Web.Commands.Admins;
using MailAdmin.Web.Commands.Adoptions;
using MailAdmin.Web.Commands.Aliases;
using MailAdmin.Web.Commands.Audit;
using MailAdmin.Web.Commands.Backups;
using MailAdmin.Web.Commands.CatchAlls;
using MailAdmin.Web.Commands.Dns;
using MailAdmin.Web.Commands.Doctor;
using MailAdmin.Web.Commands.Domains;
using MailAdmin.Web.Commands.Drift;
using MailAdmin.Web.Commands.Install;
using MailAdmin.Web.Commands.Lists;
using MailAdmin.Web.Commands.MailboxCopies;
using MailAdmin.Web.Commands.Manual;
using MailAdmin.Web.Commands.Provisioning;
using MailAdmin.Web.Commands.Redirects;
using MailAdmin.Web.Commands.Setup;
using MailAdmin.Web.Commands.Takeovers;
using MailAdmin.Web.Commands.Tokens;
using MailAdmin.Web.Commands.Trace;
using MailAdmin.Web.Commands.Upgrades;
using MailAdmin.Web.Commands.Vacations;
using MailAdmin.Web.Features.Languages;

namespace MailAdmin.Web.Commands;

/// <summary><c>mailadmin COMMAND</c>: the list of all commands, and the parsing. Without a command the program is the panel.</summary>
internal static class CommandLine
{
    private static readonly string[] Questions = ["--help", "-h", "-?", "--version"];

    /// <summary>All commands; a new one is added here.</summary>
    private static Command[] Commands() =>
        [
            new AccountCommand(), new AdminCommand(), new AdoptCommand(), new AliasCommand(), new AuditCommand(), new BackupCommand(),
            new CatchAllCommand(), new CertificateCommand(), new CopyCommand(), new DnsCommand(), new DoctorCommand(), new DomainCommand(),
            new DriftCommand(), new HealthCommand(), new InstallCommand(), new ListExportCommand(), new ListImportCommand(),
            new LoginServiceCommand(), new ManualCommand(), new ProvisioningCommand(), new RedirectCommand(), new RestoreCommand(),
            new SetupLinkCommand(), new TakeoverCommand(), new TokensCommand(), new TraceCommand(), new UpgradeCommand(),
            new VacationCommand(),
        ];

    /// <summary>
    /// Whether the arguments name a command or ask for help. Options alone are for the panel; <c>login-service</c> has a host of its own.
    /// </summary>
    public static bool Asks(string[] args) =>
        args.Any(a => Questions.Contains(a, StringComparer.Ordinal))
            || (args is [var first, ..] && !first.StartsWith('-') && first != LoginServiceCommand.Word);

    public static async Task<int> RunAsync(string[] args)
    {
        SpeakAsTheTerminal();
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync(CommandTexts.SeeHelp);
        return (int)ExitCode.Usage;
    }

    /// <summary>The program with all its commands, as help, the manual pages and the shell's completion see it.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand(CommandTexts.Root) { CommandOptions.Settings, CommandOptions.Json };
        foreach (var option in root.Options)
        {
            if (option is HelpOption) option.Description = CommandTexts.Help;
            if (option is VersionOption) option.Description = CommandTexts.Version;
        }
        foreach (var command in Commands()) root.Subcommands.Add(command);
        return root;
    }

    // .NET has read LC_ALL, LC_MESSAGES and LANG; for a language that the panel does not have, English is used.
    private static void SpeakAsTheTerminal()
    {
        var culture = PanelLanguages.Find(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? PanelLanguages.All[0];
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = (culture, culture);
    }
}
