using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>A sandbox for one class whose tests stop servers or change what other tests rely on. It is used as a class fixture.</summary>
public class OwnSandbox : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public MailSandbox Sandbox { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() =>
        Sandbox = await MailSandbox.StartAsync(new SandboxOptions { Folder = _folder.Path, Empty = true });

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
