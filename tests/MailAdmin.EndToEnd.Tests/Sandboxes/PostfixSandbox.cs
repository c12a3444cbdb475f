using System.Diagnostics;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

/// <summary>The classes that share one <see cref="PostfixSandbox"/>.</summary>
[CollectionDefinition(Name)]
public sealed class PostfixCollection : ICollectionFixture<PostfixSandbox>
{
    public const string Name = "Postfix without the panel";
}

/// <summary>A sandbox whose panel is stopped, so that the tests can fill the maps themselves.</summary>
public sealed class PostfixSandbox : OwnSandbox
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Sandbox.Panel.StopAsync();
        await AddAsync("domains", "exemple.test hosted");
        await AddAsync("virtual",
            "away@exemple.test someone+kept@example.org",
            "new@exemple.test exemple0001@store.sandbox.test");
        await AddAsync("senders", "own@exemple.test exemple0002");
        await AddAsync("refused", "suspended@exemple.test 550 5.2.1 Mailbox is disabled");
    }

    public async Task AddAsync(string map, params string[] rows)
    {
        var start = new ProcessStartInfo(
            "postmap", ["-i", "-r", $"lmdb:{Sandbox.Folder.Maps}/{map}"])
        { RedirectStandardInput = true, UseShellExecute = false };
        using var postmap = Process.Start(start)!;
        foreach (var row in rows) await postmap.StandardInput.WriteLineAsync(row);
        postmap.StandardInput.Close();
        await postmap.WaitForExitAsync();
        Assert.Equal(0, postmap.ExitCode);
    }
}
