using MailAdmin.Core.Outbox;

namespace MailAdmin.Web.Commands.Provisioning;

/// <summary>
/// <c>mailadmin provisioning</c>: lists the jobs that the servers have not done yet, as the page does; exits with 1 if one was refused.
/// </summary>
internal sealed class ProvisioningCommand : PanelCommand
{
    public ProvisioningCommand() : base("provisioning", CommandTexts.Provisioning) => Subcommands.Add(new RetryCommand());

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var repository = run.Get<JobRepository>();
        var counts = await repository.CountAsync(run.Actor, run.CancellationToken);
        var jobs = (await repository.ListAsync(run.Actor, 0, int.MaxValue, run.CancellationToken)).Rows;
        var zone = await run.ZoneAsync();
        run.Output.Report(Document(counts, jobs), () => JobTable.Write(run.Output, jobs, zone));
        return counts.Failed > 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    private static object Document(JobCounts counts, IEnumerable<JobRow> jobs) => new
    {
        counts.Pending,
        counts.Running,
        counts.Failed,
        counts.OldestAt,
        jobs = jobs.Select(
            t => new { t.Id, t.Kind, t.Subject, domain = t.Domain?.Value, state = t.Phase, t.Error, t.Attempts, t.CreatedAt, t.DueAt }),
    };
}
