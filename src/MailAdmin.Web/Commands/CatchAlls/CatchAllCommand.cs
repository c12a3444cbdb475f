using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Commands.Accounts;
using MailAdmin.Web.Commands.Domains;

namespace MailAdmin.Web.Commands.CatchAlls;

/// <summary><c>mailadmin catchall</c>: the commands about the account that receives mail for unknown recipients.</summary>
internal sealed class CatchAllCommand : Command
{
    public CatchAllCommand() : base("catchall", CatchAllCommandTexts.CatchAll)
    {
        Subcommands.Add(new CatchAllShowCommand());
        Subcommands.Add(new CatchAllSetCommand());
        Subcommands.Add(new CatchAllRemoveCommand());
    }

    public static Argument<string> Domain() => new("DOMAIN") { Description = CatchAllCommandTexts.Domain };
}

/// <summary><c>mailadmin catchall show DOMAIN</c>.</summary>
internal sealed class CatchAllShowCommand : PanelCommand
{
    private readonly Argument<string> _domain = CatchAllCommand.Domain();

    public CatchAllShowCommand() : base("show", CatchAllCommandTexts.Show) => Arguments.Add(_domain);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await DomainCommand.FindAsync(run, run.Arguments.GetRequiredValue(_domain)) is not { } domain)
            return run.Output.Refused([DomainProblems.NotFound]);
        var holder = await run.Get<CatchAllRepository>().FindAsync(domain.Id, run.CancellationToken);
        var name = domain.Name.Display;
        run.Output.Report(
            new { domain = domain.Name.Value, username = holder?.Username.Value, takes = holder?.Takes },
            () => run.Output.Line(holder is null
                ? CatchAllCommandTexts.FormatNone(name) : CatchAllCommandTexts.FormatSetDone(name, holder.Username.Value)));
        return ExitCode.Fine;
    }
}

/// <summary><c>mailadmin catchall set ACCOUNT</c>: takes it from its present holder.</summary>
internal sealed class CatchAllSetCommand : PanelCommand
{
    private readonly Argument<string> _account = AccountArguments.Account();

    public CatchAllSetCommand() : base("set", CatchAllCommandTexts.Set)
    {
        Arguments.Add(_account);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AccountArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not var (domain, account))
            return run.Output.Refused([AccountProblems.NotFound]);
        var plan = run.Get<CatchAllService>().PlanMove(account.Id, domain.CatchAllAccountId, run.Actor);
        var result = await run.CarryOutAsync(plan);
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        var (name, username) = (domain.Name.Display, account.Username.Value);
        run.Output.Report(
            new { dryRun = run.IsDryRun, domain = domain.Name.Value, username },
            () => run.Output.Line(
                run.IsDryRun ? CommandTexts.FormatWouldChange(name) : CatchAllCommandTexts.FormatSetDone(name, username)));
        return ExitCode.Fine;
    }
}

/// <summary><c>mailadmin catchall remove DOMAIN</c>: a domain without a catch-all is no error.</summary>
internal sealed class CatchAllRemoveCommand : PanelCommand
{
    private readonly Argument<string> _domain = CatchAllCommand.Domain();

    public CatchAllRemoveCommand() : base("remove", CatchAllCommandTexts.Remove)
    {
        Arguments.Add(_domain);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await DomainCommand.FindAsync(run, run.Arguments.GetRequiredValue(_domain)) is not { } domain)
            return run.Output.Refused([DomainProblems.NotFound]);
        if (domain.CatchAllAccountId is { } holder)
        {
            var result = await run.CarryOutAsync(run.Get<CatchAllService>().PlanRemoval(holder, run.Actor));
            if (!result.Succeeded) return run.Output.Refused(result.Problems);
        }
        var name = domain.Name.Display;
        run.Output.Report(
            new { dryRun = run.IsDryRun, domain = domain.Name.Value },
            () => run.Output.Line(
                run.IsDryRun && domain.CatchAllAccountId is not null
                ? CommandTexts.FormatWouldChange(name) : CatchAllCommandTexts.FormatNone(name)));
        return ExitCode.Fine;
    }
}
