using System.Text.Json.Nodes;
using MailAdmin.Core.Sending;
using MailAdmin.Web.Features.Sending;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Sending;

public sealed class SendingPagesTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task Limits_are_set_for_all_for_a_domain_and_for_an_account_and_what_was_typed_stays_when_it_is_wrong()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");

        await browser.SubmitAsync("/sending", ("MessagesPerHour", "100"));
        await browser.SubmitAsync("/domains/exemple.be/sending", ("RecipientsPerHour", "1 500"));
        var wrong = await SubmitAsync("douze", "5");
        Assert.Equal("douze", wrong.Document.QuerySelector("[name=MessagesPerDay]")!.GetAttribute("value"));
        Assert.Equal("5", wrong.Document.QuerySelector("[name=RecipientsPerDay]")!.GetAttribute("value"));
        await SubmitAsync("12", "5");

        var page = await browser.GetAsync("/domains/exemple.be/accounts/exemple0001/sending");
        var effective = page.Document.QuerySelectorAll("main dd.num")
            .Select(d => d.TextContent.Replace('\u202f', ' ').Replace('\u00a0', ' '));
        Assert.Equal(((string[])["100", "1 500", "12", "5"]).Select(limit => SendingTexts.FormatOf("0", limit)), effective);

        async Task<WebPage> SubmitAsync(string messages, string recipients) => await browser.SubmitAsync(
            await browser.GetAsync("/domains/exemple.be/accounts/exemple0001/sending"), "#limits", ("MessagesPerDay", messages),
            ("RecipientsPerDay", recipients));
    }

    [Fact]
    public async Task An_account_that_reached_a_limit_is_told_on_its_page_on_provisioning_and_to_monitors_until_it_is_let_go_on()
    {
        var browser = await _panel.SignedInAsync();
        var account = await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        await _panel.Get<SendingService>()
            .ReachedAsync(account.Id, SendingMeasure.MessagesPerHour, 200, TestContext.Current.CancellationToken);

        Said.In($"{SendingTexts.MessagesPerHour}, 200", (await browser.GetAsync("/domains/exemple.be/accounts/exemple0001")).Text);
        Said.In(SharedTexts.SendingStopped, (await browser.GetAsync("/domains/exemple.be/accounts/exemple0001")).Text);
        Assert.Contains(
            "exemple0001", (await browser.GetAsync("/provisioning")).Document.QuerySelector("#stopped")!.TextContent,
            StringComparison.Ordinal);
        Assert.Equal(1, await StoppedAsync());

        await browser.SubmitAsync(await browser.GetAsync("/domains/exemple.be/accounts/exemple0001/sending"), "#lift");

        Said.NotIn($"{SendingTexts.MessagesPerHour}, 200", (await browser.GetAsync("/domains/exemple.be/accounts/exemple0001")).Text);
        Said.NotIn(SharedTexts.SendingStopped, (await browser.GetAsync("/domains/exemple.be/accounts/exemple0001")).Text);
        Assert.Null((await browser.GetAsync("/provisioning")).Document.QuerySelector("#stopped"));
        Assert.Equal(0, await StoppedAsync());
    }

    private async Task<int> StoppedAsync() =>
        (int)JsonNode.Parse(await _panel.CreateClient().GetStringAsync("/health/provisioning"))!["stoppedSenders"]!;
}
