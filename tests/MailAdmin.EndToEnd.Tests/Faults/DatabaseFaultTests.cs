using System.Diagnostics;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using Microsoft.Data.Sqlite;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>The database's disk is full, its file is locked by another process, or the maps' disk is full.</summary>
public sealed class DatabaseFaultTests(OwnExample own) : IClassFixture<OwnExample>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private MailSandbox Sandbox => own.Sandbox;

    [Fact]
    public async Task While_the_databases_disk_is_full_the_page_says_so_and_mail_and_logins_go_on()
    {
        await Sandbox.Panel.StopAsync();
        var disk = await SmallDisk.UnderAsync(Sandbox.Folder.Panel, spareMegabytes: 4);
        await Sandbox.Panel.StartAsync();
        try
        {
            using var panel = await PanelClient.SignInAsync(Sandbox);
            // If an account were still being set up, the worker could not record it as done later.
            await Eventually.HoldsAsync(
                async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "gugus@exemple.be")), Timeout);
            disk.Fill();
            var refused = await UntilAsync(
                503, n => panel.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", $"plein{n}"), ("Destinations", "exemple0001")));
            Assert.Contains("Nothing can be saved right now", refused.Text);
            Assert.Equal(200, (await panel.GetAsync("/domains/exemple.be/accounts")).Status);
            var user = new MailUser(Sandbox, Sandbox.Accounts[0].Username, Sandbox.Accounts[0].Password);
            await MailUser.SendFromOutsideAsync(Sandbox, "gugus@exemple.be", "disque plein");
            await Eventually.HoldsAsync(async () => Assert.Contains("disque plein", await user.SubjectsAsync()));

            disk.Free();

            Assert.DoesNotContain("apres@", (await panel.GetAsync("/domains/exemple.be/aliases?size=100")).Text);
            await panel.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", "apres"), ("Destinations", "exemple0001"));
            await Eventually.HoldsAsync(
                async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "apres@exemple.be")), Timeout);
            await EveryAliasListedTakesMailAsync(panel);
        }
        finally
        {
            await Sandbox.Panel.StopAsync();
            await disk.DisposeAsync();
            await Sandbox.Panel.StartAsync();
        }
    }

    [Fact]
    public async Task While_the_maps_disk_is_full_what_was_published_goes_on_and_the_rest_follows()
    {
        await Sandbox.Panel.StopAsync();
        await Sandbox.Postfix.StopAsync();
        var disk = await SmallDisk.UnderAsync(Sandbox.Folder.Maps, spareMegabytes: 1);
        await Sandbox.Postfix.StartAsync();
        await Sandbox.Panel.StartAsync();
        try
        {
            using var panel = await PanelClient.SignInAsync(Sandbox);
            await Eventually.HoldsAsync(
                async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "gugus@exemple.be")), Timeout);
            disk.Fill();
            // The rows are long, because short ones may still fit into pages that the maps have freed.
            var many = string.Join('\n', Enumerable.Range(1, 60).Select(i => $"quelqu.un.de.loin.{i}@ailleurs.example.org"));
            foreach (var n in Enumerable.Range(1, 20))
                Assert.Equal(
                    200, (await panel.SubmitAsync(
                        "/domains/exemple.be/aliases/new", ("Address", $"serre{n}"), ("Destinations", $"exemple0001\n{many}"))).Status);
            Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "gugus@exemple.be"));
            // The page does not show the changes as done, and a monitor is told.
            await Eventually.HoldsAsync(async () =>
            {
                var page = (await panel.GetAsync("/provisioning")).Text;
                Assert.Contains("Changes are not reaching the mail server", page);
                Assert.DoesNotContain("Everything is in place", page);
                Assert.DoesNotContain("\"mapsBehindSeconds\":null", (await panel.GetAsync("/health/provisioning")).Text);
            }, Timeout);

            disk.Free();

            await Eventually.HoldsAsync(
                async () => Assert.DoesNotContain("Changes are not reaching", (await panel.GetAsync("/provisioning")).Text), Timeout);
            foreach (var n in Enumerable.Range(1, 20))
                await Eventually.HoldsAsync(
                    async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, $"serre{n}@exemple.be")), Timeout);
        }
        finally
        {
            await Sandbox.Panel.StopAsync();
            await Sandbox.Postfix.StopAsync();
            await disk.DisposeAsync();
            await Sandbox.Postfix.StartAsync();
            await Sandbox.Panel.StartAsync();
        }
    }

    [Fact]
    public async Task A_database_that_is_locked_for_ten_seconds_holds_up_writers_alone_and_loses_none()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var user = new MailUser(Sandbox, Sandbox.Accounts[1].Username, Sandbox.Accounts[1].Password);
        await using var other = new SqliteConnection($"Data Source={Sandbox.Folder.Database};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(other, "BEGIN IMMEDIATE");
        var locked = Stopwatch.StartNew();

        var writing = panel.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", "attendu"), ("Destinations", "exemple0002"));
        var pages = new List<PanelPage>();
        while (locked.Elapsed < TimeSpan.FromSeconds(10))
        {
            pages.Add(await panel.GetAsync("/domains/exemple.be/aliases"));
            await user.SubjectsAsync();
        }
        Assert.False(writing.IsCompleted);
        await ExecuteAsync(other, "ROLLBACK");

        var answer = await writing;
        Assert.Equal(200, answer.Status);
        Assert.Contains("attendu@exemple.be", answer.Text);
        Assert.All(pages, p => Assert.Equal(200, p.Status));
        // The limit allows for two cores that run other tests.
        Assert.True(pages.Max(p => p.Took) < TimeSpan.FromSeconds(5), $"{pages.Max(p => p.Took)}");
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "attendu@exemple.be")), Timeout);
    }

    [Fact]
    public async Task What_is_changed_while_Postfix_is_stopped_holds_when_it_starts()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await Sandbox.Postfix.StopAsync();
        try
        {
            Assert.Equal(
                200, (await panel.SubmitAsync(
                    "/domains/exemple.be/aliases/new", ("Address", "arret"), ("Destinations", "exemple0002"))).Status);
            var page = await panel.CreateAccountAsync("exemple.be", "sans.postfix", OwnExample.Password);
            await Eventually.HoldsAsync(
                async () => Assert.Empty(await new MailUser(Sandbox, page.Username, OwnExample.Password).SubjectsAsync()));
        }
        finally
        {
            await Sandbox.Postfix.StartAsync();
        }
        foreach (var address in (string[])["arret@exemple.be", "sans.postfix@exemple.be"])
            await Eventually.HoldsAsync(
                async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, address)), Timeout);
    }

    // A small write still finds room in pages that the database already has.
    private static async Task<PanelPage> UntilAsync(int status, Func<int, Task<PanelPage>> send)
    {
        for (var n = 0; n < 200; n++)
        {
            var page = await send(n);
            if (page.Status == status) return page;
        }
        throw new TimeoutException($"No {status} came.");
    }

    private async Task EveryAliasListedTakesMailAsync(PanelClient panel)
    {
        var list = await panel.GetAsync("/domains/exemple.be/aliases?size=100&q=plein");
        foreach (var name in list.Document.QuerySelectorAll("tbody td:first-child strong").Select(n => n.TextContent.Trim()))
            await Eventually.HoldsAsync(
                async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, $"{name}@exemple.be")), Timeout);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
