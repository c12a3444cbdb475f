using System.CommandLine;
using MailAdmin.Core.Domains;

namespace MailAdmin.Web.Commands.Domains;

/// <summary><c>mailadmin domain delete DOMAIN --confirm DOMAIN</c>: asks for the name twice, as the page does.</summary>
internal sealed class DomainDeleteCommand : PanelCommand
{
    private readonly Argument<string> _domain = DomainCommand.Domain();
    private readonly Option<string> _confirm = new("--confirm") { Description = DomainCommandTexts.Confirm, Required = true };

    public DomainDeleteCommand() : base("delete", DomainCommandTexts.Delete)
    {
        Arguments.Add(_domain);
        Options.Add(_confirm);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var service = run.Get<DomainDeletionService>();
        if (await DomainCommand.FindAsync(run, run.Arguments.GetRequiredValue(_domain)) is not { } domain
            || await service.PreviewAsync(domain.Id, run.CancellationToken) is not { } contents)
            return run.Output.Refused([DomainProblems.NotFound]);
        var deletion = new DomainDeletion(domain.Version, contents.Stamp, run.Arguments.GetRequiredValue(_confirm));
        var result = await run.CarryOutAsync(service.PlanDeletion(domain.Id, deletion, run.Actor));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        run.Output.Report(
            new { dryRun = run.IsDryRun, name = domain.Name.Value, accounts = domain.AccountCount, result.Value.Progress },
            () => run.Output.Line(Sentence(run, domain.Name.Display, result.Value.Progress)));
        return ExitCode.Fine;
    }

    private static string Sentence(CommandRun run, string name, DeletionProgress progress)
    {
        if (run.IsDryRun) return CommandTexts.FormatWouldChange(name);
        return progress == DeletionProgress.Done ? DomainCommandTexts.FormatDeleted(name) : DomainCommandTexts.FormatDeletionBegun(name);
    }
}
