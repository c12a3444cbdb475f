using System.Diagnostics;
using System.Text.Json.Nodes;
using MailAdmin.EndToEnd.Tests.Drift;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Backups;

/// <summary>
/// A sandbox that is backed up, loses the panel's machine or Cyrus, and is restored, as docs/operations/backup-and-restore.md says.
/// </summary>
public sealed class DrillHost : OwnExample
{
    protected override bool SeparateLogins => true;

    public string Backup => Sandbox.Folder.In("panel.backup");

    public string Audit => Sandbox.Folder.In("audit.jsonl");

    private string CyrusCopy => Sandbox.Folder.In("cyrus.copy");

    public string Passphrase => Sandbox.Folder.In("passphrase");

    // First the panel, then Cyrus: while it runs, and once more stopped for a moment, as examples/backup.sh does it.
    public async Task BackUpAsync()
    {
        await File.WriteAllTextAsync(Passphrase, "zeven koeien in de wei\n");
        var made = await CommandAsync("backup", Backup, "--passphrase-file", Passphrase);
        Assert.True(made.Code == 0, made.Output);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
        await CopyAsync(Sandbox.Folder.Cyrus, CyrusCopy);
        await Sandbox.Cyrus.StopAsync();
        await CopyAsync(Sandbox.Folder.Cyrus, CyrusCopy);
        await Sandbox.Cyrus.StartAsync();
    }

    public async Task LoseAsync()
    {
        await Sandbox.Panel.StopAsync();
        await Sandbox.Logins!.StopAsync();
        foreach (var file in Directory.GetFiles(Sandbox.Folder.Panel).Where(f => !f.EndsWith("sign-ins.json", StringComparison.Ordinal)))
            File.Delete(file);
        File.Delete(Sandbox.Folder.PanelSettings);
    }

    public async Task<JsonNode> RestoreAsync(bool withAudit = true)
    {
        string[] restore = ["restore", Backup, "--passphrase-file", Passphrase, "--json"];
        if (withAudit) restore = [.. restore, "--audit", Audit];
        var dry = await CommandAsync([.. restore, "--dry-run"]);
        Assert.True(dry.Code == 0, dry.Output);
        Assert.False(File.Exists(Sandbox.Folder.Database));
        var (code, output) = await CommandAsync(restore);
        Assert.True(code == 0, output);
        var (shown, done) = (JsonNode.Parse(dry.Output)!, JsonNode.Parse(output)!);
        Assert.Equal(shown["accountsMade"]!.ToJsonString(), done["accountsMade"]!.ToJsonString());
        Assert.True(File.Exists(Path.Combine((string)done["folder"]!, "report.txt")));
        return done;
    }

    public async Task StartAsync()
    {
        await Sandbox.Logins!.StartAsync();
        await Sandbox.Panel.StartAsync();
    }

    public async Task PutCyrusBackAsync()
    {
        await Sandbox.Cyrus.StopAsync();
        Directory.Delete(Sandbox.Folder.Cyrus, recursive: true);
        await CopyAsync(CyrusCopy, Sandbox.Folder.Cyrus);
        await Sandbox.Cyrus.StartAsync();
    }

    public async Task ImapAsync(params string[] commands)
    {
        var admin = Sandbox.Description.CyrusAdmin;
        using var imap = await LineSession.OpenAsync(Sandbox.Ports.Imap);
        foreach (var command in commands.Prepend($"LOGIN {admin.User} {admin.Password}"))
        {
            var line = await imap.SendAsync("a " + command);
            while (!line.StartsWith("a ", StringComparison.Ordinal)) line = await imap.ReadAsync();
            Assert.True(line.StartsWith("a OK", StringComparison.Ordinal), $"{command}: {line}");
        }
    }

    public Task<(int Code, string Output)> CommandAsync(params string[] arguments) =>
        DriftHost.CommandAsync(Sandbox.Folder.PanelSettings, arguments);

    private static async Task CopyAsync(string from, string to)
    {
        Needs.Program("/usr/bin/rsync", "rsync");
        using var process = Process.Start("/usr/bin/rsync", ["-aH", "--delete", from + "/", to]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
