using System.CommandLine;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Commands.Aliases;

/// <summary><c>mailadmin alias</c>: the commands about aliases.</summary>
internal sealed class AliasCommand : Command
{
    public AliasCommand() : base("alias", AliasCommandTexts.Alias)
    {
        Subcommands.Add(new AliasListCommand());
        Subcommands.Add(new AliasShowCommand());
        Subcommands.Add(new AliasCreateCommand());
        Subcommands.Add(new AliasAddCommand());
        Subcommands.Add(new AliasRemoveCommand());
        Subcommands.Add(new AliasDeleteCommand());
    }

    public static Argument<string> Address() => new("ALIAS") { Description = AliasCommandTexts.Name };

    /// <summary>The alias with this address and all its destinations; null if there is none.</summary>
    public static async Task<(MailDomain Domain, AliasRow Alias)?> FindAsync(CommandRun run, string text)
    {
        var aliases = run.Get<AliasRepository>();
        if (!AddrSpec.TryParse(text, out var address) || !LocalPart.TryParse(address.LocalPart, out var part, out _)
            || await run.Get<DomainRepository>().FindAsync(address.Domain) is not { Domain: var domain }
            || await aliases.FindIdAsync(domain.Id, part, run.CancellationToken) is not { } id
            || await aliases.FindAsync(domain.Id, id, 0, int.MaxValue, run.CancellationToken) is not var (alias, _)) return null;
        return (domain, alias);
    }

    public static string AddressOf(MailDomain domain, AliasRow alias) => $"{alias.LocalPart}@{domain.Name.Value}";
}

/// <summary>A command that changes one alias: it finds the alias, carries out the planned change and says so.</summary>
internal abstract class AliasChangeCommand : PanelCommand
{
    private readonly Argument<string> _alias = AliasCommand.Address();

    protected AliasChangeCommand(string name, string description) : base(name, description)
    {
        Arguments.Add(_alias);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AliasCommand.FindAsync(run, run.Arguments.GetRequiredValue(_alias)) is not var (domain, alias))
            return run.Output.Refused([AliasProblems.NotFound]);
        var result = await run.CarryOutAsync(Plan(run, alias));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        var address = AliasCommand.AddressOf(domain, alias);
        run.Output.Report(
            new { dryRun = run.IsDryRun, alias = address },
            () => run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldChange(address) : Done(address)));
        return ExitCode.Fine;
    }

    protected abstract PlannedChange<MailAddress> Plan(CommandRun run, AliasRow alias);

    /// <summary>The sentence after the change.</summary>
    protected virtual string Done(string address) => AliasCommandTexts.FormatChanged(address);
}
