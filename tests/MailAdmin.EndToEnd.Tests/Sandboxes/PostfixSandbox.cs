using System.Diagnostics;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

/// <summary>A sandbox whose panel is stopped, so that the tests can fill the maps themselves.</summary>
public sealed class PostfixSandbox : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public MailSandbox Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sandbox = await MailSandbox.StartAsync(new SandboxOptions { Folder = _folder.Path, Empty = true });
        await Sandbox.Panel.StopAsync();
        await AddAsync("domains", "exemple.test hosted");
        await AddAsync("virtual",
            "away@exemple.test someone+kept@example.org",
            "new@exemple.test exemple0001@store.sandbox.test");
        await AddAsync("refused", "suspended@exemple.test 550 5.2.1 Mailbox is disabled");
    }

    public async Task AddAsync(string map, params string[] rows)
    {
        var start = new ProcessStartInfo("postmap", ["-i", "-r", $"lmdb:{Sandbox.Folder.Maps}/{map}"]) { RedirectStandardInput = true, UseShellExecute = false };
        using var postmap = Process.Start(start)!;
        foreach (var row in rows) await postmap.StandardInput.WriteLineAsync(row);
        postmap.StandardInput.Close();
        await postmap.WaitForExitAsync();
        Assert.Equal(0, postmap.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        _folder.Dispose();
    }
}
