using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Looks at every assumption about the servers, all at once, each with a deadline: a server that hangs holds up nobody.</summary>
public sealed class ServerDoctor
{
    private readonly IReadOnlyList<Check> _checks;

    internal ServerDoctor(IEnumerable<Check> checks) => _checks = [.. checks];

    /// <summary>Names of the checks, in the order in which they are shown.</summary>
    public IReadOnlyList<string> Names => [.. _checks.Select(c => c.Name)];

    /// <summary>Each report as soon as it is there, the last one when the deadline has passed.</summary>
    public async IAsyncEnumerable<CheckReport> RunAsync(TimeSpan deadline, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (
            var report in Task.WhenEach(_checks.Select(c => RunAsync(c, deadline, cancellationToken))).WithCancellation(cancellationToken))
            yield return await report;
    }

    /// <summary>All reports, in the order of <see cref="Names"/>.</summary>
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
            // Some of it blocks its thread, whatever the token says: it is left behind then.
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
