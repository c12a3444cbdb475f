using MailAdmin.Provisioning.Tests.Cyrus;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Provisioning.Tests.Worker;

/// <summary>Makes a worker for each test, with a prefix that no other test has.</summary>
public abstract class JobRunnerTest(CyrusFixture fixture)
{
    private static int _prefixes;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected Task<OwnWorker> WorkerAsync(params string[] folders) => WorkerAsync(NewPrefix(), folders);

    private protected static string NewPrefix() => $"lot{(char)('a' + Interlocked.Increment(ref _prefixes))}";

    /// <param name="wait">The longest wait for an answer of Cyrus; by default so long that only a fault exceeds it.</param>
    private protected async Task<OwnWorker> WorkerAsync(string prefix, string[]? folders = null, TimeSpan? wait = null)
    {
        var cyrus = await fixture.ServerAsync();
        var core = await CoreFixture.CreateAsync();
        return new(
            cyrus, core, wait ?? TimeSpan.FromSeconds(60),
            await core.AddDomainAsync($"{prefix}.example", prefix, change: d => d with { Folders = folders ?? [], MaxAccounts = 50 }));
    }
}
