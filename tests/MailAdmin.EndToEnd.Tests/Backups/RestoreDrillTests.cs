using System.Diagnostics;
using System.Text.Json.Nodes;
using MailAdmin.EndToEnd.Tests.Drift;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Backups;

/// <summary>
/// The drill of docs/operations.md: mail and changes, a backup, more mail and changes, and the panel's machine is lost. Afterwards every
/// message is in the mailbox of its owner, and a new account gets an empty mailbox with a number that nobody had.
/// </summary>
public sealed class RestoreDrillTests(OwnExampleWithLoginService own) : IClassFixture<OwnExampleWithLoginService>
{
    private const string Domain = "secours.example";
    private const string NewPassword = "Negen4Paarden!";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private MailSandbox Sandbox => own.Sandbox;

    private string Backup => Sandbox.Folder.In("panel.backup");

    private string Audit => Sandbox.Folder.In("audit.jsonl");

    private string CyrusCopy => Sandbox.Folder.In("cyrus.copy");

    [Fact]
    public async Task Every_message_is_in_its_mailbox_after_the_panels_machine_and_then_all_of_it_was_lost()
    {
        var (before, later) = await LiveAsync();
        await RefusedWhileItRunsAsync();
        await LoseAsync();

        var report = await RestoreAsync();

        Assert.Equal(later["apres"], (string?)Assert.Single(report["accountsMade"]!.AsArray())!["username"]);
        Assert.Equal([before["parti"], later["fugace"]], Names(report["accountsDeleted"]).Concat(Names(report["namesRetired"])));
        Assert.Empty(report["accountsHeld"]!.AsArray());
        Assert.Contains(report["changesMissing"]!.AsArray(), change => (string?)change!["kind"] == "alias.created");
        await StartAsync();
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await GoesOnAsync(panel, before, later);
        Assert.Equal(0, (await CommandAsync("drift")).Code);

        // The second loss: Cyrus comes back as it was at the time of the backup.
        await LoseAsync();
        await PutCyrusBackAsync();
        var second = await RestoreAsync();

        Assert.Empty(second["accountsMade"]!.AsArray());
        Assert.Equal([later["apres"], later["fugace"]], Names(second["namesRetired"]).Order(StringComparer.Ordinal));
        await StartAsync();
        using var again = await PanelClient.SignInAsync(Sandbox);
        await GoesOnWithTheOldSpoolAsync(again, before, [.. later.Values]);
    }

    private static IEnumerable<string?> Names(JsonNode? list) => list!.AsArray().Select(name => (string?)name);

    // What happens before and after the backup, with the usernames of the accounts that were made.
    private async Task<(Dictionary<string, string> Before, Dictionary<string, string> Later)> LiveAsync()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await panel.SubmitAsync(
            "/domains/new", ("Name", Domain), ("Prefix", "secours"), ("MaxAccounts", "50"), ("DefaultQuota", "1000"),
            ("NamingScheme", "Numbered"));
        var before = await CreateAsync(panel, "reste", "parti");
        foreach (var name in before.Keys) await SendAsync(name, $"avant {name}");
        foreach (var (name, user) in before) await HasAsync(user, OwnExample.Password, $"avant {name}");

        await BackUpAsync();

        var later = await CreateAsync(panel, "apres", "fugace");
        await SendAsync("apres", "secret apres");
        await HasAsync(later["apres"], OwnExample.Password, "secret apres");
        await panel.SubmitAsync($"/domains/{Domain}/aliases/new", ("Address", "liste"), ("Destinations", $"reste@{Domain}"));
        await panel.SubmitAsync($"/domains/{Domain}/accounts/{before["parti"]}/delete", "#delete");
        await panel.SubmitAsync($"/domains/{Domain}/accounts/{later["fugace"]}/delete", "#for-good");
        await Eventually.HoldsAsync(
            async () => Assert.Equal(0, await Mailboxes.CountAsync(Sandbox, Sandbox.Description.CyrusAdmin, later["fugace"])), Timeout);
        await SendAsync("reste", "apres reste");
        await HasAsync(before["reste"], OwnExample.Password, "avant reste", "apres reste");
        await File.WriteAllTextAsync(Audit, (await CommandAsync("audit", "export")).Output);
        return (before, later);
    }

    // First the panel, then Cyrus: while it runs, and once more stopped for a moment, as operations.md and examples/backup.sh do it.
    private async Task BackUpAsync()
    {
        await File.WriteAllTextAsync(Sandbox.Folder.In("passphrase"), "zeven koeien in de wei\n");
        var made = await CommandAsync("backup", Backup, "--passphrase-file", Sandbox.Folder.In("passphrase"));
        Assert.True(made.Code == 0, made.Output);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
        await CopyAsync(Sandbox.Folder.Cyrus, CyrusCopy);
        await Sandbox.Cyrus.StopAsync();
        await CopyAsync(Sandbox.Folder.Cyrus, CyrusCopy);
        await Sandbox.Cyrus.StartAsync();
    }

    private async Task RefusedWhileItRunsAsync()
    {
        await Sandbox.Panel.StopAsync();
        var (code, output) = await CommandAsync("restore", Backup, "--passphrase-file", Sandbox.Folder.In("passphrase"));
        Assert.True(code == 1 && output.Contains("login service uses", StringComparison.Ordinal), output);
        await Sandbox.Panel.StartAsync();
    }

    private async Task LoseAsync()
    {
        await Sandbox.Panel.StopAsync();
        await Sandbox.Logins!.StopAsync();
        foreach (var file in Directory.GetFiles(Sandbox.Folder.Panel).Where(f => !f.EndsWith("sign-ins.json", StringComparison.Ordinal)))
            File.Delete(file);
        File.Delete(Sandbox.Folder.PanelSettings);
    }

    private async Task<JsonNode> RestoreAsync()
    {
        string[] restore = ["restore", Backup, "--passphrase-file", Sandbox.Folder.In("passphrase"), "--audit", Audit, "--json"];
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

    private async Task StartAsync()
    {
        await Sandbox.Logins!.StartAsync();
        await Sandbox.Panel.StartAsync();
    }

    private async Task GoesOnAsync(PanelClient panel, Dictionary<string, string> before, Dictionary<string, string> later)
    {
        await HasAsync(before["reste"], OwnExample.Password, "avant reste", "apres reste");
        await OpenAsync("apres");
        await panel.SubmitAsync(
            $"/domains/{Domain}/accounts/{later["apres"]}/password", ("Password", NewPassword), ("Confirmation", NewPassword));
        await HasAsync(later["apres"], NewPassword, "secret apres");
        await AnswersAsync("parti", "550");
        var fresh = await CreateAsync(panel, "neuf");
        Assert.DoesNotContain(fresh["neuf"], before.Values.Concat(later.Values));
        Assert.Empty(await new MailUser(Sandbox, fresh["neuf"], OwnExample.Password).SubjectsAsync());
        foreach (var name in (string[])["reste", "apres", "neuf"]) await SendAsync(name, $"ensuite {name}");
        await HasAsync(before["reste"], OwnExample.Password, "avant reste", "apres reste", "ensuite reste");
        await HasAsync(later["apres"], NewPassword, "secret apres", "ensuite apres");
        await HasAsync(fresh["neuf"], OwnExample.Password, "ensuite neuf");
    }

    private async Task PutCyrusBackAsync()
    {
        await Sandbox.Cyrus.StopAsync();
        Directory.Delete(Sandbox.Folder.Cyrus, recursive: true);
        await CopyAsync(CyrusCopy, Sandbox.Folder.Cyrus);
        await Sandbox.Cyrus.StartAsync();
    }

    private async Task GoesOnWithTheOldSpoolAsync(PanelClient panel, Dictionary<string, string> before, string[] given)
    {
        await OpenAsync("reste");
        await HasAsync(before["reste"], OwnExample.Password, "avant reste");
        await AnswersAsync("apres", "550");
        var fresh = await CreateAsync(panel, "nouveau");
        Assert.DoesNotContain(fresh["nouveau"], before.Values.Concat(given));
        Assert.Empty(await new MailUser(Sandbox, fresh["nouveau"], OwnExample.Password).SubjectsAsync());
        await SendAsync("nouveau", "bienvenue");
        await HasAsync(fresh["nouveau"], OwnExample.Password, "bienvenue");
    }

    private async Task<Dictionary<string, string>> CreateAsync(PanelClient panel, params string[] names)
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names) made[name] = (await panel.CreateAccountAsync(Domain, name, OwnExample.Password)).Username;
        foreach (var name in names) await OpenAsync(name);
        return made;
    }

    private Task SendAsync(string name, string subject) => MailUser.SendFromOutsideAsync(Sandbox, $"{name}@{Domain}", subject);

    private Task OpenAsync(string name) => AnswersAsync(name, "250");

    private Task AnswersAsync(string name, string code) => Eventually.HoldsAsync(
        async () => Assert.StartsWith(code, await MailUser.RecipientAnswerAsync(Sandbox, $"{name}@{Domain}")), Timeout);

    private Task HasAsync(string username, string password, params string[] subjects) => Eventually.HoldsAsync(
        async () => Assert.Equal(
            subjects.Order(StringComparer.Ordinal),
            (await new MailUser(Sandbox, username, password).SubjectsAsync()).Order(StringComparer.Ordinal)), Timeout);

    private Task<(int Code, string Output)> CommandAsync(params string[] arguments) =>
        DriftHost.CommandAsync(Sandbox.Folder.PanelSettings, arguments);

    private static async Task CopyAsync(string from, string to)
    {
        Needs.Program("/usr/bin/rsync", "rsync");
        using var process = Process.Start("/usr/bin/rsync", ["-aH", "--delete", from + "/", to]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
