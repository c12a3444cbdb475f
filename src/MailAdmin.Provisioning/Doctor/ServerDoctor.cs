using System.Diagnostics;
using System.Runtime.CompilerServices;
using MailAdmin.Core.Data;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Runs all checks concurrently, each with a deadline: a server that hangs delays no other check.</summary>
public sealed class ServerDoctor(IEnumerable<Check> checks, IDatabaseProvider database)
{
    private readonly IReadOnlyList<Check> _checks = [.. checks.Where(c => !c.ReadsDatabase || database.Exists)];

    /// <summary>The checks' names, in the order in which they are shown.</summary>
    public IReadOnlyList<string> Names => [.. _checks.Select(c => c.Name)];

    /// <summary>Returns each report as soon as it is available, the last one when the deadline has passed at the latest.</summary>
    public async IAsyncEnumerable<CheckReport> RunAsync(TimeSpan deadline, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (
            var report in Task.WhenEach(_checks.Select(c => RunAsync(c, deadline, cancellationToken))).WithCancellation(cancellationToken))
            yield return await report;
    }

    /// <summary>Returns all reports, in the order of <see cref="Names"/>.</summary>
    public async Task<IReadOnlyList<CheckReport>> RunAllAsync(TimeSpan deadline, CancellationToken cancellationToken) =>
        await Task.WhenAll(_checks.Select(c => RunAsync(c, deadline, cancellationToken)));

    private static async Task<CheckReport> RunAsync(Check check, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        return new(check.Name, await FindAsync(check, deadline, cancellationToken), Stopwatch.GetElapsedTime(started));
    }

    private static async Task<IReadOnlyList<Finding>> FindAsync(Check check, TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(deadline);
        try
        {
            // Some checks block their thread and ignore the token: such a check is then abandoned.
            return await Task.Run(() => check.RunAsync(over.Token), over.Token).WaitAsync(over.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Unknown("TookTooLong", deadline.TotalSeconds) with { IsUnknown = !check.SilenceIsWrong }];
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            return [Finding.Unknown("CouldNotLook", broken.Message)];
        }
    }
}
