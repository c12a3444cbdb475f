using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Provisioning;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Provisioning;

public sealed class ProvisioningTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task When_nothing_waits_the_page_says_that_all_is_in_place()
    {
        var page = await (await _panel.SignedInAsync()).GetAsync("/provisioning");

        Said.In(ProvisioningTexts.None, page.Text);
        Assert.Empty(page.Document.QuerySelectorAll("table, main form"));
    }

    [Fact]
    public async Task A_refused_mailbox_is_listed_first_with_the_servers_words_its_account_and_its_tries()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(domain, "gugus.dupont");
        await _panel.RefuseAsync("Rights: Permission denied");
        await _panel.AddAccountAsync(domain, "pascal");

        var page = await browser.GetAsync("/provisioning");

        var rows = page.Document.QuerySelectorAll("tbody tr");
        Assert.Equal(2, rows.Length);
        Assert.Contains("Rights: Permission denied", rows[0].TextContent, StringComparison.Ordinal);
        Said.In(SharedTexts.Failed, rows[0].TextContent);
        Assert.Equal("3", rows[0].QuerySelector("td.num")!.TextContent);
        Assert.Equal("/domains/exemple.be/accounts/exemple0001", rows[0].QuerySelector("a")!.GetAttribute("href"));
        Said.In(ProvisioningTexts.Waiting, rows[1].TextContent);
    }

    [Fact]
    public async Task The_mailbox_of_a_deleted_account_and_the_row_of_a_hidden_one_have_no_link()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        var gone = await _panel.AddAccountAsync(domain, "parti");
        await _panel.Get<AccountService>().DeleteAsync(gone.Id, gone.Version, forGood: true, Actor.Panel);

        var page = await browser.GetAsync("/provisioning");

        Assert.Contains("exemple0001", page.Text, StringComparison.Ordinal);
        Said.In(ProvisioningTexts.KindRemoval, page.Text);
        Assert.Empty(page.Document.QuerySelectorAll("tbody a[href*=accounts]"));
    }

    [Fact]
    public async Task Ten_are_shown_a_page()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync(maxAccounts: null);
        for (var n = 0; n < 12; n++) await _panel.AddAccountAsync(domain, $"c{n}");

        var first = await browser.GetAsync("/provisioning");
        var second = await browser.GetAsync("/provisioning?first=10");

        Assert.Equal(10, first.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(2, second.Document.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task A_refused_job_is_tried_again_at_once_and_that_is_recorded()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        await _panel.RefuseAsync("No");
        var job = Assert.Single(await _panel.JobsAsync());
        Assert.True(job.DueAt > TimeProvider.System.GetUtcNow());

        var page = await browser.SubmitAsync(await browser.GetAsync("/provisioning"), $"form[action='/provisioning/{job.Id}/retry']");

        Said.In(ProvisioningTexts.Retried_one, page.Text);
        Assert.True(Assert.Single(await _panel.JobsAsync()).DueAt <= TimeProvider.System.GetUtcNow());
        Assert.Equal(("job.retried", "jens"), (await _panel.EventsAsync())[0]);
    }

    [Fact]
    public async Task All_are_tried_again_but_those_that_run()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        foreach (var name in (string[])["a", "b", "c"]) await _panel.AddAccountAsync(domain, name);
        await _panel.RefuseAsync("No");
        var running = (await _panel.JobsAsync())[1].Id;
        await _panel.ChangeJobsAsync(t => t.LeasedUntil = t.Id == running ? TimeProvider.System.GetUtcNow().AddMinutes(1) : null);

        var page = await browser.SubmitAsync("/provisioning");

        Said.In(ProvisioningTexts.Retried_other, page.Text, 2);
        Assert.Equal(running, Assert.Single(await _panel.JobsAsync(), t => t.DueAt > TimeProvider.System.GetUtcNow()).Id);
    }

    [Fact]
    public async Task Support_sees_what_waits_in_its_domains_and_no_button()
    {
        await _panel.SignedInAsync();
        var own = await _panel.AddDomainAsync();
        var other = await _panel.AddDomainAsync("voisin.example", "voisin");
        await _panel.AddAccountAsync(own, "gugus");
        await _panel.AddAccountAsync(other, "lea");
        await _panel.AddAdminAsync("sam", AdminRole.Support, own);
        var sam = await _panel.SignInAsync("sam");

        var page = await sam.GetAsync("/provisioning");

        Assert.Contains("exemple0001", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("voisin", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task A_monitor_sees_the_age_of_the_oldest_job_and_no_name()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        await _panel.RefuseAsync("exemple0001: no");
        await _panel.ChangeJobsAsync(t => t.CreatedAt = TimeProvider.System.GetUtcNow().AddMinutes(-10));
        var client = _panel.CreateClient();

        var text = await client.GetStringAsync("/health/provisioning");
        var told = JsonNode.Parse(text)!;

        Assert.Equal(1, (int)told["failed"]!);
        Assert.InRange((long)told["oldestSeconds"]!, 600, 660);
        Assert.DoesNotContain("exemple", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/provisioning?max=3600")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/provisioning?max=60")).StatusCode);
        Assert.Equal("ok", await client.GetStringAsync("/health"));
    }
}
