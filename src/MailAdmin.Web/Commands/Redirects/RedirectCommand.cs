using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Redirects;
using MailAdmin.Web.Commands.Accounts;

namespace MailAdmin.Web.Commands.Redirects;

/// <summary><c>mailadmin redirect</c>: the commands about redirects of accounts.</summary>
internal sealed class RedirectCommand : Command
{
    public RedirectCommand() : base("redirect", RedirectCommandTexts.Redirect)
    {
        Subcommands.Add(new RedirectShowCommand());
        Subcommands.Add(new RedirectSetCommand());
        Subcommands.Add(new RedirectRemoveCommand());
    }
}

/// <summary><c>mailadmin redirect show ACCOUNT</c>.</summary>
internal sealed class RedirectShowCommand : PanelCommand
{
    private readonly Argument<string> _account = AccountArguments.Account();

    public RedirectShowCommand() : base("show", RedirectCommandTexts.Show) => Arguments.Add(_account);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AccountArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not var (_, account))
            return run.Output.Refused([AccountProblems.NotFound]);
        var redirect = (await run.Get<RedirectRepository>().FindAsync(account.Id, run.CancellationToken)).Redirect;
        var targets = redirect?.Destinations.Select(d => d.Display).ToList() ?? [];
        var username = account.Username.Value;
        run.Output.Report(new { username, destinations = targets, keepsCopy = redirect?.KeepsCopy }, () =>
        {
            if (redirect is null) run.Output.Line(RedirectCommandTexts.FormatNone(username));
            foreach (var target in targets) run.Output.Line(target);
        });
        return ExitCode.Fine;
    }
}

/// <summary><c>mailadmin redirect set ACCOUNT DESTINATION…</c>.</summary>
internal sealed class RedirectSetCommand : PanelCommand
{
    private readonly Argument<string> _account = AccountArguments.Account();
    private readonly Argument<string[]> _destinations = new("DESTINATION")
    { Description = RedirectCommandTexts.Destination, Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _copy = new("--keep-copy") { Description = RedirectCommandTexts.KeepCopy };

    public RedirectSetCommand() : base("set", RedirectCommandTexts.Set)
    {
        Arguments.Add(_account);
        Arguments.Add(_destinations);
        Options.Add(_copy);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AccountArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not var (_, account))
            return run.Output.Refused([AccountProblems.NotFound]);
        var present = (await run.Get<RedirectRepository>().FindAsync(account.Id, run.CancellationToken)).Redirect;
        var edit = new RedirectEdit(
            present?.Version ?? 0, run.Arguments.GetRequiredValue(_destinations), run.Arguments.GetValue(_copy));
        var result = await run.CarryOutAsync(run.Get<RedirectService>().PlanSetting(account.Id, edit, run.Actor));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        var username = account.Username.Value;
        run.Output.Report(
            new { dryRun = run.IsDryRun, username, keepsCopy = result.Value.Redirect.KeepsCopy },
            () => run.Output.Line(
                run.IsDryRun ? CommandTexts.FormatWouldChange(username) : RedirectCommandTexts.FormatSetDone(username)));
        return ExitCode.Fine;
    }
}

/// <summary><c>mailadmin redirect remove ACCOUNT</c>: an account without a redirect is no error.</summary>
internal sealed class RedirectRemoveCommand : PanelCommand
{
    private readonly Argument<string> _account = AccountArguments.Account();

    public RedirectRemoveCommand() : base("remove", RedirectCommandTexts.Remove)
    {
        Arguments.Add(_account);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AccountArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not var (_, account))
            return run.Output.Refused([AccountProblems.NotFound]);
        var present = (await run.Get<RedirectRepository>().FindAsync(account.Id, run.CancellationToken)).Redirect;
        var result = await run.CarryOutAsync(run.Get<RedirectService>().PlanRemoval(account.Id, present?.Version ?? 0, run.Actor));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        var username = account.Username.Value;
        run.Output.Report(
            new { dryRun = run.IsDryRun, username },
            () => run.Output.Line(
                present is null ? RedirectCommandTexts.FormatNone(username)
                : run.IsDryRun ? CommandTexts.FormatWouldChange(username) : RedirectCommandTexts.FormatRemoved(username)));
        return ExitCode.Fine;
    }
}
