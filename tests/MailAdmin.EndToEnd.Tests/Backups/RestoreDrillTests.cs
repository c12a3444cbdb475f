using System.Text.Json.Nodes;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Backups;

/// <summary>
/// The drill of docs/operations/backup-and-restore.md: mail and changes, a backup, more mail and changes, and the panel's machine is lost.
/// Afterwards every message is in the mailbox of its owner, and a new account gets an empty mailbox with a number that nobody had.
/// </summary>
public sealed class RestoreDrillTests(DrillHost own) : IClassFixture<DrillHost>
{
    private const string Domain = "secours.example";
    private const string NewPassword = "Negen4Paarden!";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private MailSandbox Sandbox => own.Sandbox;

    [Fact]
    public async Task Every_message_is_in_its_mailbox_after_the_panels_machine_and_then_all_of_it_was_lost()
    {
        var (before, later) = await LiveAsync();
        await RefusedWhileItRunsAsync();
        await own.LoseAsync();

        var report = await own.RestoreAsync();

        Assert.Equal(later["apres"], (string?)Assert.Single(report["accountsMade"]!.AsArray())!["username"]);
        Assert.Equal([before["parti"], later["fugace"]], Names(report["accountsDeleted"]).Concat(Names(report["namesRetired"])));
        Assert.Empty(report["accountsHeld"]!.AsArray());
        Assert.Contains(report["changesMissing"]!.AsArray(), change => (string?)change!["kind"] == "alias.created");
        await own.StartAsync();
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await GoesOnAsync(panel, before, later);
        Assert.Equal(0, (await own.CommandAsync("drift")).Code);

        // The second loss: Cyrus comes back as it was at the time of the backup.
        await own.LoseAsync();
        await own.PutCyrusBackAsync();
        var second = await own.RestoreAsync();

        Assert.Empty(second["accountsMade"]!.AsArray());
        Assert.Equal([later["apres"], later["fugace"]], Names(second["namesRetired"]).Order(StringComparer.Ordinal));
        await own.StartAsync();
        using var again = await PanelClient.SignInAsync(Sandbox);
        await GoesOnWithTheOldSpoolAsync(again, before, [.. later.Values]);

        // The third: no copy of the audit, and a mailbox that is gone.
        await own.ImapAsync($"SETACL user/{before["parti"]} cyrus +x", $"DELETE user/{before["parti"]}");
        await own.LoseAsync();
        var third = await own.RestoreAsync(withAudit: false);

        Assert.Equal([before["parti"]], third["accountsHeld"]!.AsArray().Select(held => (string?)held!["username"]));
        await own.StartAsync();
        await IsDecidedAsync(before["parti"]);
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

        await own.BackUpAsync();

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
        await File.WriteAllTextAsync(own.Audit, (await own.CommandAsync("audit", "export")).Output);
        return (before, later);
    }

    private async Task RefusedWhileItRunsAsync()
    {
        await Sandbox.Panel.StopAsync();
        var (code, output) = await own.CommandAsync("restore", own.Backup, "--passphrase-file", own.Passphrase);
        Assert.True(code == 1 && output.Contains("login service uses", StringComparison.Ordinal), output);
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

    // Its mail waits until an admin gives the account a new mailbox and resumes it.
    private async Task IsDecidedAsync(string username)
    {
        await AnswersAsync("parti", "450");
        // An account with pending jobs is not compared, so the first comparison after the start may pass it over.
        await Eventually.HoldsAsync(async () =>
        {
            await own.CommandAsync("drift", "--repair", "server");
            Assert.Equal(1, await Mailboxes.CountAsync(Sandbox, Sandbox.Description.CyrusAdmin, username));
        }, Timeout);
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await panel.SubmitAsync($"/domains/{Domain}/accounts/{username}/state", "#resume");
        await OpenAsync("parti");
        await SendAsync("parti", "de retour");
        await HasAsync(username, OwnExample.Password, "de retour");
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
}
