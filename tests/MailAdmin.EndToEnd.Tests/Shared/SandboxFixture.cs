using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

[assembly: AssemblyFixture(typeof(SandboxFixture))]

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>
/// The sandbox that is shared by all tests that leave it as they found it. The first test that needs it starts it, and it is stopped after
/// the last.
/// </summary>
public sealed class SandboxFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<MailSandbox>> _sandbox;

    public SandboxFixture() =>
        _sandbox = new Lazy<Task<MailSandbox>>(() => MailSandbox.StartAsync(new SandboxOptions { Folder = _folder.Path }));

    public Task<MailSandbox> SandboxAsync() => _sandbox.Value;

    public async ValueTask DisposeAsync()
    {
        if (_sandbox.IsValueCreated && _sandbox.Value.IsCompletedSuccessfully) await (await _sandbox.Value).DisposeAsync();
        _folder.Dispose();
    }
}
