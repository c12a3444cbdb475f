using MailAdmin.Sandbox;

namespace MailAdmin.Benchmarks.Servers;

/// <summary>An empty sandbox in a folder of its own, which is deleted at the end.</summary>
internal sealed class PassingSandbox : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private PassingSandbox(DirectoryInfo folder, MailSandbox sandbox) => (_folder, Sandbox) = (folder, sandbox);

    public MailSandbox Sandbox { get; }

    public static async Task<PassingSandbox> StartAsync(BenchmarkRun run)
    {
        var folder = Directory.CreateTempSubdirectory("mailadmin-benchmark-");
        var options = new SandboxOptions { Folder = folder.FullName, Empty = true, PostfixSettings = RecipientProbe.PostfixSettings };
        return new(folder, await MailSandbox.StartAsync(options, run.Report));
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
