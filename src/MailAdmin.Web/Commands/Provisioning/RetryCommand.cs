using System.CommandLine;
using MailAdmin.Core.Outbox;
using MailAdmin.Web.Features.Provisioning;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Provisioning;

/// <summary>
/// <c>mailadmin provisioning retry [NUMBER]</c>: retries one job now, or all; the running panel's worker carries them out.
/// </summary>
internal sealed class RetryCommand : PanelCommand
{
    private readonly Argument<long?> _number = new("NUMBER") { Description = CommandTexts.RetryNumber, Arity = ArgumentArity.ZeroOrOne };

    public RetryCommand() : base("retry", CommandTexts.Retry)
    {
        Arguments.Add(_number);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var service = run.Get<JobService>();
        var number = run.Arguments.GetValue(_number);
        var count = number is null ? await AllAsync(run, service) : 1;
        if (number is { } id && await OneAsync(run, service, id) is { Succeeded: false } refused)
            return run.Output.Refused(refused.Problems);
        run.Output.Report(new { dryRun = run.IsDryRun, retried = count }, () => run.Output.Line(Told(count, run.IsDryRun)));
        return ExitCode.Fine;
    }

    private static Task<int> AllAsync(CommandRun run, JobService service) =>
        run.IsDryRun ? service.CountRetriableAsync(run.CancellationToken) : service.RetryAllAsync(run.Actor, run.CancellationToken);

    private static async Task<Core.Results.Result> OneAsync(CommandRun run, JobService service, long id)
    {
        if (!run.IsDryRun) return await service.RetryAsync(id, run.Actor, run.CancellationToken);
        var jobs = await run.Get<JobRepository>().ListAsync(run.Actor, 0, int.MaxValue, run.CancellationToken);
        return jobs.Rows.Any(t => t.Id == id) ? Core.Results.Result.Done : JobProblems.NotFound;
    }

    private static string Told(int count, bool isDryRun) =>
        isDryRun ? CommandTexts.FormatWouldRetry(count.Shown()) : count == 1
            ? ProvisioningTexts.Retried_one : ProvisioningTexts.FormatRetried_other(count.Shown());
}
