using System.CommandLine;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Commands.Accounts;

namespace MailAdmin.Web.Commands.Domains;

/// <summary><c>mailadmin domain create NAME --prefix PREFIX</c>.</summary>
internal sealed class DomainCreateCommand : PanelCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = DomainCommandTexts.NewName };
    private readonly Option<string> _prefix = new("--prefix") { Description = DomainCommandTexts.Prefix, Required = true };
    private readonly Option<int?> _maxAccounts = new("--max-accounts") { Description = DomainCommandTexts.MaxAccounts, HelpName = "NUMBER" };
    private readonly Option<string?> _quota = new("--quota") { Description = DomainCommandTexts.DefaultQuota, HelpName = "AMOUNT" };
    private readonly Option<string?> _nextHop = new("--next-hop") { Description = DomainCommandTexts.NextHop, HelpName = "SERVER" };
    private readonly Option<bool> _related = new("--accept-related") { Description = DomainCommandTexts.AcceptRelated };

    public DomainCreateCommand() : base("create", DomainCommandTexts.Create)
    {
        Arguments.Add(_name);
        foreach (var option in (Option[])[_prefix, _maxAccounts, _quota, _nextHop, _related, CommandOptions.DryRun]) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var request = RequestOf(run);
        if (!request.Succeeded) return run.Output.Refused(request.Problems);
        var result = await run.CarryOutAsync(
            await run.Get<DomainService>().PlanCreationAsync(request.Value, run.Actor, run.CancellationToken));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        var name = result.Value.Name;
        run.Output.Report(
            new { dryRun = run.IsDryRun, name = name.Value },
            () => run.Output.Line(
                run.IsDryRun ? CommandTexts.FormatWouldCreate(name.Display) : DomainCommandTexts.FormatCreated(name.Display)));
        return ExitCode.Fine;
    }

    private Result<NewDomain> RequestOf(CommandRun run)
    {
        List<Problem> problems = [];
        if (!DomainName.TryParse(run.Arguments.GetRequiredValue(_name), out var name, out var fault)) problems.Add(fault);
        if (!Prefix.TryParse(run.Arguments.GetRequiredValue(_prefix), out var prefix, out fault)) problems.Add(fault);
        var quota = AccountQuotaCommand.Parse(run.Arguments.GetValue(_quota) ?? AccountQuotaCommand.None);
        if (!quota.Succeeded) problems.AddRange(quota.Problems);
        NextHop? hop = null;
        if (run.Arguments.GetValue(_nextHop) is { } server && !NextHop.TryParse(server, out hop, out fault)) problems.Add(fault);
        if (problems.Count > 0) return problems;
        return new NewDomain(name!, prefix!)
        {
            MaxAccounts = run.Arguments.GetValue(_maxAccounts),
            DefaultQuota = quota.Value!.Quota,
            NextHop = hop,
            AcceptsRelated = run.Arguments.GetValue(_related),
        };
    }
}
