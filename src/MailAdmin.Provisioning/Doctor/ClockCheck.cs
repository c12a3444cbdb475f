using MailAdmin.Core.Data;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks that this machine's clock is not behind the latest recorded change. The servers' own clocks can't be read: none of their
/// protocols tells the time.
/// </summary>
internal sealed class ClockCheck(DatabaseHealth database) : Check("Clock")
{
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    public override bool ReadsDatabase => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        await database.LatestChangeAsync(cancellationToken) is { } latest && latest > database.Now + Leeway
            ? [new("ClockBehind", null, null, latest)] : [];
}
