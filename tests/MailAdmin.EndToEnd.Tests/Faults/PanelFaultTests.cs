using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>The panel is killed, its maps cannot be written, or its logins are a process of their own.</summary>
public sealed class PanelFaultTests(OwnExampleWithLoginService own) : IClassFixture<OwnExampleWithLoginService>
{
    private MailSandbox Sandbox => own.Sandbox;

    [Fact]
    public async Task A_panel_killed_between_commit_and_provisioning_finishes_after_its_restart()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await Sandbox.Cyrus.StopAsync();
        await panel.CreateAccountAsync("exemple.be", "interrompu", OwnExample.Password);
        await Sandbox.Panel.KillAsync();
        await Sandbox.Cyrus.StartAsync();

        await Sandbox.Panel.StartAsync();

        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "interrompu@exemple.be")), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_panel_killed_in_the_middle_of_provisioning_leaves_nothing_half_done()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var creations = Enumerable.Range(1, 4).Select(n => panel.CreateAccountAsync("exemple.be", $"milieu{n}", OwnExample.Password))
            .ToList();
        await Task.WhenAny(creations);
        await Sandbox.Panel.KillAsync();
        await Task.WhenAll(creations.Select(c => c.ContinueWith(_ => { }, TaskScheduler.Default)));

        await Sandbox.Panel.StartAsync();

        using var after = await PanelClient.SignInAsync(Sandbox);
        await Eventually.HoldsAsync(
            async () =>
            Assert.DoesNotContain("Pending", (await after.GetAsync("/domains/exemple.be/accounts")).Text), TimeSpan.FromSeconds(60));
        foreach (var n in Enumerable.Range(1, 4))
        {
            // Each account is created completely or not at all.
            var isListed = (await after.GetAsync("/domains/exemple.be/accounts")).Text.Contains($"milieu{n}", StringComparison.Ordinal);
            await Eventually.HoldsAsync(async () =>
                Assert.StartsWith(isListed ? "250" : "550", await MailUser.RecipientAnswerAsync(Sandbox, $"milieu{n}@exemple.be")),
                    TimeSpan.FromSeconds(30));
        }
    }

    // From the moment of the request until after the mailbox exists, and the same for the deletion.
    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public async Task A_panel_killed_at_any_moment_of_a_creation_or_a_deletion_leaves_a_whole_account_or_none(int milliseconds)
    {
        var address = $"instant{milliseconds}";
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await KilledAsync(() => panel.CreateAccountAsync("exemple.be", address, OwnExample.Password), milliseconds);
        using var after = await PanelClient.SignInAsync(Sandbox);
        if (await UsernameAsync(after, address) is not { } username)
        {
            Assert.StartsWith("550", await MailUser.RecipientAnswerAsync(Sandbox, $"{address}@exemple.be"));
            return;
        }
        await IsWholeAsync(username, address);

        await KilledAsync(() => after.SubmitAsync($"/domains/exemple.be/accounts/{username}/delete", "#for-good"), milliseconds);

        using var last = await PanelClient.SignInAsync(Sandbox);
        if (await UsernameAsync(last, address) is not null)
        {
            await IsWholeAsync(username, address);
            await last.SubmitAsync($"/domains/exemple.be/accounts/{username}/delete", "#for-good");
        }
        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("550 5.1.1", await MailUser.RecipientAnswerAsync(Sandbox, $"{address}@exemple.be")),
            TimeSpan.FromSeconds(60));
        await Eventually.HoldsAsync(
            async () =>
            Assert.Equal(0, await Mailboxes.CountAsync(Sandbox, Sandbox.Description.CyrusAdmin, username)), TimeSpan.FromSeconds(60));
    }

    private async Task KilledAsync(Func<Task<PanelPage>> send, int milliseconds)
    {
        var sending = send();
        await Task.WhenAny(sending, Task.Delay(milliseconds));
        await Sandbox.Panel.KillAsync();
        await sending.ContinueWith(_ => { }, TaskScheduler.Default);
        await Sandbox.Panel.StartAsync();
    }

    private async Task IsWholeAsync(string username, string address)
    {
        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, $"{address}@exemple.be")), TimeSpan.FromSeconds(60));
        Assert.Empty(await new MailUser(Sandbox, username, OwnExample.Password).SubjectsAsync());
        Assert.Equal(25_000, (await Mailboxes.QuotasAsync(Sandbox, Sandbox.Description.CyrusAdmin, username))[username]);
    }

    private static async Task<string?> UsernameAsync(PanelClient panel, string address)
    {
        var list = await panel.GetAsync($"/domains/exemple.be/accounts?q={address}@");
        return list.Document.QuerySelector("tbody code")?.TextContent.Trim();
    }

    [Fact]
    public async Task A_frozen_login_service_keeps_logins_waiting_and_refuses_none()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var user = new MailUser(Sandbox, Sandbox.Accounts[0].Username, Sandbox.Accounts[0].Password);
        Sandbox.Logins!.Pause();
        Task<IReadOnlyList<string>> login;
        try
        {
            login = user.SubjectsAsync();
            Assert.Equal(200, (await panel.GetAsync("/domains/exemple.be/accounts")).Status);
            Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "gugus@exemple.be"));
            Assert.False(login.IsCompleted);
        }
        finally
        {
            Sandbox.Logins!.Resume();
        }
        await login;
    }

    [Fact]
    public async Task Mail_logins_go_on_while_the_panel_is_stopped()
    {
        var account = Sandbox.Accounts[0];
        var user = new MailUser(Sandbox, account.Username, account.Password);
        await user.SubjectsAsync();
        await Sandbox.Panel.StopAsync();
        try
        {
            await user.SubjectsAsync();
            await user.SubjectsByPop3Async();
            var other = Sandbox.Accounts[1];
            await new MailUser(Sandbox, other.Username, other.Password).SubjectsAsync();
        }
        finally
        {
            await Sandbox.Panel.StartAsync();
        }
    }

    [Fact]
    public async Task Without_the_login_service_sending_is_put_off_and_not_refused()
    {
        var account = Sandbox.Accounts[0];
        await Sandbox.Logins!.StopAsync();
        try
        {
            using var smtp = await LineSession.OpenAsync(Sandbox.Ports.Smtps, tls: true);
            await smtp.SendAsync("EHLO client.example.net");
            var plain = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0{account.Username}\0{account.Password}"));
            Assert.StartsWith("454", await smtp.SendAsync($"AUTH PLAIN {plain}"));
        }
        finally
        {
            await Sandbox.Logins!.StartAsync();
        }
        await Eventually.HoldsAsync(() => new MailUser(Sandbox, account.Username, account.Password).SubjectsAsync());
    }

    [Fact]
    public async Task Maps_that_could_not_be_written_are_made_good_as_soon_as_they_can()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await ReadOnly.MountAsync(Sandbox.Folder.Maps);
        try
        {
            var page = await panel.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", "plustard"), ("Destinations", "exemple0001"));
            Assert.Equal(200, page.Status);
            await Eventually.HoldsAsync(() => Assert.Contains("Updating the maps of", File.ReadAllText(Sandbox.Panel.LogPath)));
            Assert.StartsWith("550", await MailUser.RecipientAnswerAsync(Sandbox, "plustard@exemple.be"));
            // An address that was in the maps before still works.
            Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "gugus@exemple.be"));
        }
        finally
        {
            await ReadOnly.UnmountAsync(Sandbox.Folder.Maps);
        }
        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "plustard@exemple.be")), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_map_that_was_deleted_is_made_again()
    {
        File.Delete(Path.Combine(Sandbox.Folder.Maps, "virtual.lmdb"));
        await Sandbox.Panel.StopAsync();
        await Sandbox.Panel.StartAsync();

        await Eventually.HoldsAsync(() => Assert.True(File.Exists(Path.Combine(Sandbox.Folder.Maps, "virtual.lmdb"))));
        await Sandbox.Postfix.StopAsync();
        await Sandbox.Postfix.StartAsync();
        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "gugus@exemple.be")));
    }
}
