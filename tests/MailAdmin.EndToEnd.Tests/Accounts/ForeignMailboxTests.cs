using System.Diagnostics;
using System.Text;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Web.Features.Accounts;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>No account gets another user's mailbox (D6, D7, C004), through the panel's pages and with the real servers.</summary>
public sealed class ForeignMailboxTests(OwnExample own) : IClassFixture<OwnExample>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private MailSandbox Sandbox => own.Sandbox;

    [Fact]
    public async Task After_the_backup_was_put_back_a_new_account_gets_another_name_and_an_empty_mailbox()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await DomainAsync(panel, "retour.example", "retour", "Numbered");
        var copy = Sandbox.Folder.Database + ".copy";
        await BackUpAsync(Sandbox.Folder.Database, copy);
        var lost = (await panel.CreateAccountAsync("retour.example", "apres", OwnExample.Password)).Username;
        await OpenAsync("apres@retour.example");
        await MailUser.SendFromOutsideAsync(Sandbox, "apres@retour.example", "Confidentiel");
        var former = new MailUser(Sandbox, lost, OwnExample.Password);
        await Eventually.HoldsAsync(async () => Assert.Single(await former.SubjectsAsync()), Timeout);

        await PutBackAsync(copy);
        using var after = await PanelClient.SignInAsync(Sandbox);
        var given = (await after.CreateAccountAsync("retour.example", "nouveau", OwnExample.Password)).Username;

        Assert.NotEqual(lost, given);
        await OpenAsync("nouveau@retour.example");
        Assert.Empty(await new MailUser(Sandbox, given, OwnExample.Password).SubjectsAsync());
        Assert.Contains("(MESSAGES 1)", await ImapAsync($"LIST \"\" user/{lost} RETURN (STATUS (MESSAGES))"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_predecessors_mailbox_under_the_next_number_is_found_when_Cyrus_is_back_and_the_account_gets_another_username()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await DomainAsync(panel, "suivant.example", "suivant", "Numbered");
        await MakeForeignAsync("suivant0001");
        await Sandbox.Cyrus.StopAsync();
        var username = (await panel.CreateAccountAsync("suivant.example", "patient", OwnExample.Password)).Username;
        Assert.Equal("suivant0001", username);
        await NotYetAsync("patient@suivant.example");
        await Sandbox.Cyrus.StartAsync();
        await Eventually.HoldsAsync(
            async () =>
                Assert.Contains(
                    "Name taken on the server", (await panel.GetAsync($"/domains/suivant.example/accounts/{username}")).Text,
                    StringComparison.Ordinal), Timeout);
        await NotYetAsync("patient@suivant.example");
        // Cyrus would open the predecessor's mailbox for any login with its name.
        await Assert.ThrowsAnyAsync<MailKit.Security.AuthenticationException>(
            () => new MailUser(Sandbox, username, OwnExample.Password).SubjectsAsync());

        var renamed = await panel.SubmitAsync($"/domains/suivant.example/accounts/{username}/mailbox", "form[action$=username]");

        Assert.Equal("suivant0002", renamed.Username);
        await OpenAsync("patient@suivant.example");
        await MailUser.SendFromOutsideAsync(Sandbox, "patient@suivant.example", "Bienvenue");
        var user = new MailUser(Sandbox, "suivant0002", OwnExample.Password);
        await Eventually.HoldsAsync(async () => Assert.Equal(["Bienvenue"], await user.SubjectsAsync()), Timeout);
        Assert.Contains("(MESSAGES 1)", await ImapAsync("LIST \"\" user/suivant0001 RETURN (STATUS (MESSAGES))"), StringComparison.Ordinal);
        Assert.Contains("anyone lrs", await ImapAsync("GETACL user/suivant0001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chosen_name_that_the_server_has_is_refused_and_taking_over_is_the_superusers_and_recorded()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await DomainAsync(panel, "libre.example", "libre", "Free");
        await MakeForeignAsync("ancien");
        (string, string?)[] form = [("Username", "ancien"), ("Address", "ancien"), ("Password", OwnExample.Password),
            ("Confirmation", OwnExample.Password)];

        var refused = await panel.SubmitAsync("/domains/libre.example/accounts/new", form);

        Assert.Contains("The mail server already has a mailbox named ancien", refused.Text, StringComparison.Ordinal);
        await Sandbox.Cyrus.StopAsync();
        await panel.SubmitAsync("/domains/libre.example/accounts/new", form);
        await Sandbox.Cyrus.StartAsync();
        await Eventually.HoldsAsync(
            async () =>
                Assert.Contains(
                    "Name taken on the server", (await panel.GetAsync("/domains/libre.example/accounts/ancien")).Text,
                    StringComparison.Ordinal), Timeout);
        PanelPage page = null!;
        // The panel notices by itself that Cyrus can be read again, and a little later than the account's page.
        await Eventually.HoldsAsync(
            async () =>
                Assert.Contains(
                    "Messages: 1", (page = await panel.GetAsync("/domains/libre.example/accounts/ancien/mailbox")).Text,
                    StringComparison.Ordinal), Timeout);
        Assert.Contains("anyone lrs", page.Text, StringComparison.Ordinal);

        var taken = await panel.SubmitAsync(page, "form[action$=take-over]");

        Assert.True(taken.Path == "/domains/libre.example/accounts/ancien", taken.Text);
        await OpenAsync("ancien@libre.example");
        Assert.Equal(["Vieux courrier"], await new MailUser(Sandbox, "ancien", OwnExample.Password).SubjectsAsync());
        Assert.DoesNotContain("anyone", await ImapAsync("GETACL user/ancien"), StringComparison.Ordinal);
        var record = await panel.GetAsync("/audit?about=ancien");
        Assert.Contains("Mailbox taken over", record.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_comes_back_and_whose_mailbox_is_somebody_elses_by_now_says_so_and_nothing_is_done_to_that()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await DomainAsync(panel, "revenant.example", "revenant", "Numbered");
        var page = await panel.CreateAccountAsync("revenant.example", "revenant", OwnExample.Password);
        await OpenAsync("revenant@revenant.example");
        await panel.SubmitAsync(page.Path + "/delete", "#delete");
        var admin = Sandbox.Description.CyrusAdmin.User;
        await ImapAsync($"SETACL user/{page.Username} {admin} xla", $"DELETE user/{page.Username}");
        await MakeForeignAsync(page.Username);

        await panel.SubmitAsync("/domains/revenant.example/accounts/deleted", "form[action$='/restore']");

        await Eventually.HoldsAsync(
            async () =>
                Assert.Contains(AccountTexts.ConflictReadyMeans, (await panel.GetAsync(page.Path)).Text, StringComparison.Ordinal),
                Timeout);
        Assert.Contains(
            "(MESSAGES 1)", await ImapAsync($"LIST \"\" user/{page.Username} RETURN (STATUS (MESSAGES))"), StringComparison.Ordinal);
        Assert.Contains("anyone lrs", await ImapAsync($"GETACL user/{page.Username}"), StringComparison.Ordinal);
    }

    private static async Task DomainAsync(PanelClient panel, string name, string prefix, string scheme)
    {
        var made = await panel.SubmitAsync(
            "/domains/new", ("Name", name), ("Prefix", prefix), ("MaxAccounts", "50"), ("DefaultQuota", "1000"), ("NamingScheme", scheme));
        Assert.True(made.Path == $"/domains/{name}/accounts", made.Text);
    }

    // The mailbox has a message in it, and everybody may read it.
    private async Task MakeForeignAsync(string username)
    {
        const string mail = "From: <a@example.org>\r\nSubject: Vieux courrier\r\n\r\nBonjour\r\n";
        await ImapAsync(
            $"CREATE user/{username}", $"SETACL user/{username} cyrus lrsip", $"APPEND user/{username} {{{mail.Length}+}}\r\n{mail}",
            $"SETACL user/{username} anyone lrs");
    }

    private Task OpenAsync(string address) =>
        Eventually.HoldsAsync(async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, address)), Timeout);

    private Task NotYetAsync(string address) =>
        Eventually.HoldsAsync(async () => Assert.StartsWith("450", await MailUser.RecipientAnswerAsync(Sandbox, address)), Timeout);

    /// <summary>Sends commands to Cyrus as its administrator.</summary>
    private async Task<string> ImapAsync(params string[] commands)
    {
        var admin = Sandbox.Description.CyrusAdmin;
        using var imap = await LineSession.OpenAsync(Sandbox.Ports.Imap);
        var told = new StringBuilder();
        foreach (var command in commands.Prepend($"LOGIN {admin.User} {admin.Password}"))
        {
            var line = await imap.SendAsync("a " + command);
            for (; !line.StartsWith("a ", StringComparison.Ordinal); line = await imap.ReadAsync()) told.AppendLine(line);
            Assert.True(line.StartsWith("a OK", StringComparison.Ordinal), $"{command}: {line}");
        }
        return told.ToString();
    }

    // A copy of the database alone, put back by hand. `mailadmin restore` does more (RestoreDrillTests).
    private static async Task BackUpAsync(string database, string copy)
    {
        using var process = Process.Start("sqlite3", [database, $".backup {copy}"]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private async Task PutBackAsync(string copy)
    {
        await Sandbox.Panel.StopAsync();
        foreach (var rest in (string[])["-wal", "-shm"]) File.Delete(Sandbox.Folder.Database + rest);
        // The file keeps its owner and its mode.
        await File.WriteAllBytesAsync(Sandbox.Folder.Database, await File.ReadAllBytesAsync(copy));
        await Sandbox.Panel.StartAsync();
    }
}
