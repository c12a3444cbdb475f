using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>A sandbox with the manual's example, whose servers a test class stops, kills and freezes.</summary>
public class OwnExample : IAsyncLifetime
{
    public const string Password = "Zeven3Koeien!";

    private readonly TemporaryFolder _folder = new();

    public MailSandbox Sandbox { get; private set; } = null!;

    protected virtual bool SeparateLogins => false;

    /// <summary>Additional settings for main.cf.</summary>
    protected virtual string PostfixSettings => "";

    public async ValueTask InitializeAsync() => Sandbox = await MailSandbox.StartAsync(
        new SandboxOptions { Folder = _folder.Path, SeparateLogins = SeparateLogins, PostfixSettings = PostfixSettings });

    public async ValueTask DisposeAsync()
    {
        if (Sandbox is not null) await Sandbox.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same sandbox with the login socket as a process of its own.</summary>
public sealed class OwnExampleWithLoginService : OwnExample
{
    protected override bool SeparateLogins => true;
}
