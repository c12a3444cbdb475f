using MailAdmin.Provisioning.Worker;

namespace MailAdmin.Provisioning.Tests.Worker;

public sealed class WorkerNameTests
{
    private readonly WorkerName _own = WorkerName.Own();

    [Fact]
    public void Only_workers_of_this_host_whose_process_has_ended_are_dead()
    {
        Assert.False(_own.IsDead(_own.Value));
        Assert.False(_own.IsDead((_own with { ProcessId = 1 }).Value));
        Assert.False(_own.IsDead((_own with { Host = "elsewhere", ProcessId = int.MaxValue }).Value));
        Assert.True(_own.IsDead((_own with { ProcessId = int.MaxValue }).Value));
        Assert.True(_own.IsDead((_own with { Instance = "forerunner" }).Value));
    }
}
