using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Vacations;
using MailAdmin.Web.Commands.Accounts;
using MailAdmin.Web.Features.Vacations;

namespace MailAdmin.Web.Commands.Vacations;

/// <summary><c>mailadmin vacation</c>: the commands about vacation messages.</summary>
internal sealed class VacationCommand : Command
{
    public VacationCommand() : base("vacation", VacationCommandTexts.Vacation)
    {
        Subcommands.Add(new VacationShowCommand());
        Subcommands.Add(new VacationSetCommand());
        Subcommands.Add(new VacationRemoveCommand());
    }
}

/// <summary><c>mailadmin vacation show ACCOUNT</c>.</summary>
internal sealed class VacationShowCommand : PanelCommand
{
    private readonly Argument<string> _account = AccountArguments.Account();

    public VacationShowCommand() : base("show", VacationCommandTexts.Show) => Arguments.Add(_account);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AccountArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not var (_, account))
            return run.Output.Refused([AccountProblems.NotFound]);
        var vacation = await run.Get<VacationRepository>().FindAsync(account.Id, run.CancellationToken);
        var username = account.Username.Value;
        run.Output.Report(
            new
            {
                username,
                on = vacation is { IsOn: true },
                vacation?.Subject,
                vacation?.Text,
                vacation?.From,
                vacation?.Until,
                vacation?.IntervalDays,
            },
            () =>
            {
                if (vacation is not { IsOn: true }) run.Output.Line(VacationCommandTexts.FormatIsOff(username));
                if (vacation is null) return;
                run.Output.Line(vacation.Subject);
                run.Output.Line();
                run.Output.Line(vacation.Text);
            });
        return ExitCode.Fine;
    }
}

/// <summary><c>mailadmin vacation set ACCOUNT</c>: the message comes from standard input.</summary>
internal sealed class VacationSetCommand : PanelCommand
{
    private readonly Argument<string> _account = AccountArguments.Account();
    private readonly Option<string?> _subject = new("--subject") { Description = VacationCommandTexts.Subject, HelpName = "TEXT" };
    private readonly Option<DateOnly?> _from = new("--from") { Description = VacationCommandTexts.From, HelpName = "DAY" };
    private readonly Option<DateOnly?> _until = new("--until") { Description = VacationCommandTexts.Until, HelpName = "DAY" };
    private readonly Option<int?> _interval = new("--interval") { Description = VacationCommandTexts.Interval, HelpName = "DAYS" };

    public VacationSetCommand() : base("set", VacationCommandTexts.Set)
    {
        Arguments.Add(_account);
        foreach (var option in (Option[])[_subject, _from, _until, _interval, CommandOptions.DryRun]) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AccountArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not var (_, account))
            return run.Output.Refused([AccountProblems.NotFound]);
        var present = await run.Get<VacationRepository>().FindAsync(account.Id, run.CancellationToken);
        var request = new VacationRequest(
            present?.Version ?? 0, IsOn: true,
            run.Arguments.GetValue(_subject) ?? present?.Subject ?? VacationTexts.DefaultSubject,
            await Console.In.ReadToEndAsync(run.CancellationToken),
            run.Arguments.GetValue(_from), run.Arguments.GetValue(_until),
            run.Arguments.GetValue(_interval) ?? present?.IntervalDays ?? run.Get<VacationOptions>().ProposedDays);
        var result = await run.CarryOutAsync(run.Get<VacationService>().PlanSaving(account.Id, request, run.Actor));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        var username = account.Username.Value;
        run.Output.Report(
            new { dryRun = run.IsDryRun, username, request.From, request.Until },
            () => run.Output.Line(
                run.IsDryRun ? CommandTexts.FormatWouldChange(username) : VacationCommandTexts.FormatSetDone(username)));
        return ExitCode.Fine;
    }
}

/// <summary><c>mailadmin vacation remove ACCOUNT</c>: the text is kept; an account without a vacation message is no error.</summary>
internal sealed class VacationRemoveCommand : PanelCommand
{
    private readonly Argument<string> _account = AccountArguments.Account();

    public VacationRemoveCommand() : base("remove", VacationCommandTexts.Remove)
    {
        Arguments.Add(_account);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AccountArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not var (_, account))
            return run.Output.Refused([AccountProblems.NotFound]);
        var present = await run.Get<VacationRepository>().FindAsync(account.Id, run.CancellationToken);
        if (present is { IsOn: true } v)
        {
            var request = new VacationRequest(v.Version, IsOn: false, v.Subject, v.Text, v.From, v.Until, v.IntervalDays);
            var result = await run.CarryOutAsync(run.Get<VacationService>().PlanSaving(account.Id, request, run.Actor));
            if (!result.Succeeded) return run.Output.Refused(result.Problems);
        }
        var username = account.Username.Value;
        run.Output.Report(
            new { dryRun = run.IsDryRun, username },
            () => run.Output.Line(
                run.IsDryRun && present is { IsOn: true }
                ? CommandTexts.FormatWouldChange(username) : VacationCommandTexts.FormatIsOff(username)));
        return ExitCode.Fine;
    }
}
