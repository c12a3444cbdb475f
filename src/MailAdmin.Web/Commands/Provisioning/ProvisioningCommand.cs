using MailAdmin.Core.Outbox;

namespace MailAdmin.Web.Commands.Provisioning;

/// <summary>
/// <c>mailadmin provisioning</c>: lists the tasks that the servers have not done yet, as the page does; exits with 1 if one was refused.
/// </summary>
internal sealed class ProvisioningCommand : PanelCommand
{
    public ProvisioningCommand() : base("provisioning", CommandTexts.Provisioning) => Subcommands.Add(new RetryCommand());

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var repository = run.Get<TaskRepository>();
        var counts = await repository.CountAsync(run.Actor, run.CancellationToken);
        var tasks = (await repository.ListAsync(run.Actor, 0, int.MaxValue, run.CancellationToken)).Rows;
        var zone = await run.ZoneAsync();
        run.Output.Report(Document(counts, tasks), () => TaskTable.Write(run.Output, tasks, zone));
        return counts.Failed > 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    private static object Document(TaskCounts counts, IEnumerable<TaskRow> tasks) => new
    {
        counts.Pending,
        counts.Running,
        counts.Failed,
        counts.OldestAt,
        tasks = tasks.Select(
            t => new { t.Id, t.Kind, t.Subject, domain = t.Domain?.Value, state = t.Phase, t.Error, t.Attempts, t.CreatedAt, t.DueAt }),
    };
}
