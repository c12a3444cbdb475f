using System.CommandLine;
using MailAdmin.Core.Domains;

namespace MailAdmin.Web.Commands.Domains;

/// <summary><c>mailadmin domain suspend DOMAIN</c> and <c>resume</c>.</summary>
internal sealed class DomainStateCommand : PanelCommand
{
    private readonly Argument<string> _domain = DomainCommand.Domain();
    private readonly DomainState _state;

    public DomainStateCommand(string name, string description, DomainState state) : base(name, description)
    {
        _state = state;
        Arguments.Add(_domain);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await DomainCommand.FindAsync(run, run.Arguments.GetRequiredValue(_domain)) is not { } domain)
            return run.Output.Refused([DomainProblems.NotFound]);
        var edit = new DomainEdit(
            domain.Version, domain.MaxAccounts, domain.DefaultQuota, domain.MaxQuota, domain.TotalQuota, domain.NamingScheme, _state,
            domain.AllowsCatchAll, domain.AllowsExternalDestinations, domain.Folders)
        { AllowsGuardedAddresses = domain.AllowsGuardedAddresses };
        if (domain.State != _state)
        {
            var result = await run.CarryOutAsync(run.Get<DomainService>().PlanEdit(domain.Id, edit, run.Actor));
            if (!result.Succeeded) return run.Output.Refused(result.Problems);
        }
        var name = domain.Name.Display;
        run.Output.Report(
            new { dryRun = run.IsDryRun, name = domain.Name.Value, before = domain.State, after = _state },
            () => run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldChange(name) : DomainCommandTexts.FormatChanged(name)));
        return ExitCode.Fine;
    }
}
