using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>Cyrus is stopped, frozen or killed. Nothing is lost, nothing stays half-done, and nobody has to help afterwards.</summary>
public sealed class CyrusFaultTests(OwnExample own) : IClassFixture<OwnExample>
{
    private MailSandbox Sandbox => own.Sandbox;

    // C158
    [Fact]
    public async Task An_account_made_while_Cyrus_is_stopped_waits_and_is_ready_by_itself_when_Cyrus_is_back()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await CatchAll.SetAsync(Sandbox, "exemple.be", "exemple0002");
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "inconnu@exemple.be")));
        await Sandbox.Cyrus.StopAsync();
        try
        {
            var page = await panel.CreateAccountAsync("exemple.be", "attente", OwnExample.Password);
            Assert.True(page.Text.Contains("Pending", StringComparison.Ordinal), page.Text);
            // The sender is asked to try again later. The message neither bounces nor goes to the catch-all account.
            await Eventually.HoldsAsync(
                async () => Assert.StartsWith("450 4.2.1", await MailUser.RecipientAnswerAsync(Sandbox, "attente@exemple.be")));
        }
        finally
        {
            await Sandbox.Cyrus.StartAsync();
        }
        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "attente@exemple.be")), TimeSpan.FromSeconds(60));
        Assert.Contains("In place", (await panel.GetAsync("/domains/exemple.be/accounts")).Text);
        await CatchAll.SetAsync(Sandbox, "exemple.be", null);
    }

    [Fact]
    public async Task A_deletion_for_good_while_Cyrus_is_stopped_is_told_as_saved_and_finished_when_it_is_back()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var page = await panel.CreateAccountAsync("voisin.example", "efface", OwnExample.Password);
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "efface@voisin.example")));
        await Sandbox.Cyrus.StopAsync();
        try
        {
            var told = await panel.SubmitAsync(page.Path + "/delete", "#for-good");
            Assert.Contains(
                told.Document.QuerySelectorAll("main > .note.wait"), n =>
                n.TextContent.Contains("will be erased as soon as the mail server answers", StringComparison.Ordinal));
        }
        finally
        {
            await Sandbox.Cyrus.StartAsync();
        }
        await Eventually.HoldsAsync(
            async () => Assert.Contains("Everything is in place", (await panel.GetAsync("/provisioning")).Text), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_frozen_Cyrus_holds_up_no_page()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await Eventually.HoldsAsync(
            async () => Assert.Contains("25,000", (await panel.GetAsync("/domains/exemple.be/accounts")).Text), TimeSpan.FromSeconds(30));
        Sandbox.Cyrus.Pause();
        try
        {
            var pages = new List<PanelPage>();
            for (var n = 0; n < 10; n++) pages.Add(await panel.GetAsync("/domains/exemple.be/accounts"));
            Assert.All(pages, p => Assert.Contains("n/a", p.Text));
            // The first page uses a budget of a quarter of a second, and the others wait for nothing. The limit allows for two cores that
            // run other tests; waiting for Cyrus would take longer.
            Assert.True(
                pages.Max(p => p.Took) < TimeSpan.FromSeconds(5), string.Join(", ", pages.Select(p => $"{p.Took.TotalMilliseconds:0}")));
        }
        finally
        {
            Sandbox.Cyrus.Resume();
        }
        await Eventually.HoldsAsync(
            async () => Assert.Contains("25,000", (await panel.GetAsync("/domains/exemple.be/accounts")).Text), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Forty_who_ask_at_once_for_the_last_places_get_as_many_accounts_and_mailboxes_as_there_are_places()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var made = await panel.SubmitAsync(
            "/domains/new", ("Name", "dix.example"), ("Prefix", "dix"), ("MaxAccounts", "10"), ("DefaultQuota", "1000"));
        Assert.Equal("/domains/dix.example/accounts", made.Path);

        var pages = await Task.WhenAll(
            Enumerable.Range(1, 40).Select(n => panel.CreateAccountAsync("dix.example", $"u{n}", OwnExample.Password)));

        Assert.Equal(10, pages.Count(p => p.Username.StartsWith("dix00", StringComparison.Ordinal)));
        var admin = Sandbox.Description.CyrusAdmin;
        await Eventually.HoldsAsync(
            async () => Assert.Equal(10, await Mailboxes.CountAsync(Sandbox, admin, "dix")), TimeSpan.FromSeconds(60));
        await Eventually.HoldsAsync(
            async () => Assert.DoesNotContain("Pending", (await panel.GetAsync("/domains/dix.example/accounts")).Text));
    }

    [Fact]
    public async Task Cyrus_killed_in_the_middle_of_200_creations_ends_with_200_whole_mailboxes()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await panel.SubmitAsync(
            "/domains/new", ("Name", "masse.example"), ("Prefix", "masse"), ("MaxAccounts", "200"), ("DefaultQuota", "1000"));
        await BulkAccounts.CreateAsync(Sandbox, "masse.example", 200);
        var admin = Sandbox.Description.CyrusAdmin;
        await Eventually.HoldsAsync(
            async () => Assert.InRange(await Mailboxes.CountAsync(Sandbox, admin, "masse"), 20, 199), TimeSpan.FromSeconds(60));

        await Sandbox.Cyrus.KillAsync();
        await Sandbox.Cyrus.StartAsync();

        await Eventually.HoldsAsync(
            async () => Assert.Equal(200, await BulkAccounts.ReadyAsync(Sandbox, "masse.example")), TimeSpan.FromSeconds(120));
        var quotas = await Mailboxes.QuotasAsync(Sandbox, admin, "masse");
        Assert.Equal(200, quotas.Count);
        Assert.All(quotas, q => Assert.Equal(1000L, q.Value));
    }

    // smtpd remembers what it learnt about a domain as long as its process lives. A customer who tried a new domain too early must not have
    // to wait for that.
    [Fact]
    public async Task A_domain_that_was_asked_for_before_it_was_made_is_known_to_smtpd_as_soon_as_its_maps_are()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        foreach (var _ in Enumerable.Range(1, 3))
            Assert.StartsWith("554", await MailUser.RecipientAnswerAsync(Sandbox, "info@neuf.example"));

        await panel.SubmitAsync(
            "/domains/new", ("Name", "neuf.example"), ("Prefix", "neuf"), ("MaxAccounts", "1"), ("DefaultQuota", "1000"));

        // The map itself is asked: an smtpd process lives for a hundred connections, so frequent questions would end it and it would learn
        // of the domain. Only the domain is created, since a change of an address also makes smtpd restart.
        await Eventually.HoldsAsync(async () => Assert.Equal("hosted", await Maps.LookUpAsync(Sandbox, "domains", "neuf.example")));
        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("550 5.1.1", await MailUser.RecipientAnswerAsync(Sandbox, "info@neuf.example")), TimeSpan.FromSeconds(5));
    }
}
