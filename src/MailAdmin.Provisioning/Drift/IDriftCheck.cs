using MailAdmin.Core.Drift;

namespace MailAdmin.Provisioning.Drift;

/// <summary>Compares the database with the servers.</summary>
public interface IDriftCheck
{
    /// <summary>False if this process has no mail server to compare with; then nothing ever runs.</summary>
    bool IsThere { get; }

    /// <summary>Runs a comparison. Null if another node is running one, or none is due.</summary>
    /// <param name="onlyWhenDue">Run only if one was requested, or the last one began at least this long ago; null runs always.</param>
    /// <param name="tell">Gets new findings as they are found, how many accounts have been compared, and their total.</param>
    /// <param name="cancellationToken">Stops the run, which then counts as failed.</param>
    Task<DriftRun?> RunAsync(
        TimeSpan? onlyWhenDue, Action<IReadOnlyList<DriftFinding>, long, long>? tell, CancellationToken cancellationToken);
}

internal sealed class NoDriftCheck : IDriftCheck
{
    public bool IsThere => false;

    public Task<DriftRun?> RunAsync(
        TimeSpan? onlyWhenDue, Action<IReadOnlyList<DriftFinding>, long, long>? tell, CancellationToken cancellationToken) =>
        Task.FromResult<DriftRun?>(null);
}
