using System.Text.Json.Nodes;
using MailAdmin.EndToEnd.Tests.Drift;
using MailAdmin.EndToEnd.Tests.Faults;

namespace MailAdmin.EndToEnd.Tests.Backups;

/// <summary>A full disk costs a backup or a restore, and nothing that was there before.</summary>
public sealed class BackupDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_or_a_restore_onto_a_full_disk_is_told_and_leaves_nothing()
    {
        Needs.Root();
        Assert.Equal(0, (await RunAsync("panel", "setup-link")).Code);
        Assert.Equal(0, (await RunAsync("panel", "backup", In("whole.backup"))).Code);
        var small = Directory.CreateDirectory(In("small")).FullName;
        await using var disk = await SmallDisk.UnderAsync(small, spareMegabytes: 1);
        disk.Fill();

        var backup = await RunAsync("panel", "backup", In("small/a.backup"));
        var restore = await RunAsync("small", "restore", In("whole.backup"));

        Assert.True(backup.Code == 3 && backup.Output.Contains("full", StringComparison.Ordinal), backup.Output);
        Assert.True(restore.Code == 3 && restore.Output.Contains("space", StringComparison.Ordinal), restore.Output);
        Assert.Equal(
            // Two files for locks are empty.
            ["filler", "mailadmin.db.in-command", "mailadmin.db.in-use"],
            Directory.GetFileSystemEntries(small).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private async Task<(int Code, string Output)> RunAsync(string place, params string[] arguments)
    {
        var settings = new JsonObject
        {
            ["MailAdmin"] = new JsonObject
            {
                ["Database"] = In($"{place}/mailadmin.db"),
                ["Store"] = new JsonObject { ["Name"] = "store.example.org", ["NextHop"] = "store:unix:/lmtp" },
            },
        };
        await File.WriteAllTextAsync(In($"{place}.json"), settings.ToJsonString());
        return await DriftHost.CommandAsync(In($"{place}.json"), arguments);
    }

    private string In(string name) => Path.Combine(_folder.Path, name);
}
