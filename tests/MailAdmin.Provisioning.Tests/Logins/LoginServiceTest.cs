using MailAdmin.Provisioning.Logins;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>A login service with one account, and what it logs.</summary>
public abstract class LoginServiceTest : IAsyncDisposable
{
    private protected readonly CollectingLogger<LoginService> _log = new();
    private protected readonly LoginBench _bench;

    protected LoginServiceTest() => _bench = new LoginBench(logger: _log);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
