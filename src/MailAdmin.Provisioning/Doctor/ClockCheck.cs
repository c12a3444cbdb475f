using MailAdmin.Core.Data;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// This machine's clock is not behind what was recorded already. What the servers' clocks say, none of their protocols tells.
/// </summary>
internal sealed class ClockCheck(DatabaseHealth database) : Check("Clock")
{
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        await database.LatestChangeAsync(cancellationToken) is { } latest && latest > database.Now + Leeway
            ? [new("ClockBehind", null, null, latest)] : [];
}
