using System.Text.Json.Nodes;
using MailAdmin.Core.Admins;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Provisioning;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Provisioning;

/// <summary>The messages that wait in the queue for a mailbox, as the panel last read them.</summary>
[Speaks("en")]
public sealed class WaitingMailTests : IDisposable
{
    private const string Page = "/domains/exemple.be/accounts/exemple0001";

    private static readonly DateTimeOffset Since = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task Mail_that_is_too_large_is_on_the_accounts_page_on_Provisioning_and_told_to_monitors()
    {
        var browser = await _panel.SignedInAsync("en-GB");
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus");
        Assert.Null((await browser.GetAsync(Page)).Document.QuerySelector("#waiting"));

        Queue(new Queued("ann@client.test", 1_500_000, "exemple0001", "said: 452 4.2.2 Over quota"),
            new("", 900, "exemple0001", "said: 452 4.2.2 Over quota"));

        var waiting = (await browser.GetAsync(Page)).Document.QuerySelector("#waiting")!.TextContent;
        Said.In(AccountTexts.WaitingOverQuota, waiting);
        Assert.Contains("ann@client.test", waiting, StringComparison.Ordinal);
        Assert.Contains("1,465 KB (1.43 MB)", waiting.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Said.In(AccountTexts.WaitingNobody, waiting);
        Assert.DoesNotContain("4.2.2", waiting, StringComparison.Ordinal);
        var row = (await browser.GetAsync("/provisioning")).Document.QuerySelector("#no-room li")!;
        Assert.Equal(Page + "#waiting", row.QuerySelector("a")!.GetAttribute("href"));
        Said.In(ProvisioningTexts.NoRoomMessages, row.TextContent, 2);
        Assert.Equal(2, (int)JsonNode.Parse(await _panel.CreateClient().GetStringAsync("/health/provisioning"))!["overQuotaMessages"]!);
    }

    [Fact]
    public async Task What_waits_for_another_reason_is_told_with_the_servers_words_and_is_none_of_Provisionings_full_mailboxes()
    {
        var browser = await _panel.SignedInAsync("en-GB");
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus");

        Queue(new Queued("ann@client.test", 900, "exemple0001", "connect to store: Connection refused"));

        Assert.Contains(
            "Connection refused", (await browser.GetAsync(Page)).Document.QuerySelector("#waiting .words")!.TextContent,
            StringComparison.Ordinal);
        Assert.Null((await browser.GetAsync("/provisioning")).Document.QuerySelector("#no-room"));
    }

    [Fact]
    public async Task Nobody_sees_on_Provisioning_which_mailbox_of_another_domain_has_no_room()
    {
        await _panel.SignedInAsync();
        var own = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(own, "gugus");
        await _panel.AddAccountAsync(await _panel.AddDomainAsync("voisin.example", "voisin"), "lea");
        await _panel.AddAdminAsync("dom", AdminRole.DomainAdmin, own);

        Queue(new Queued("a@client.test", 900, "voisin0001", "452 4.2.2 Over quota"),
            new("a@client.test", 900, "exemple0001", "452 4.2.2 Over quota"));

        var told = (await (await _panel.SignInAsync("dom")).GetAsync("/provisioning")).Document.QuerySelector("#no-room")!.TextContent;
        Assert.Contains("exemple0001", told, StringComparison.Ordinal);
        Assert.DoesNotContain("voisin", told, StringComparison.Ordinal);
    }

    private void Queue(params Queued[] mail) => _panel.Get<MailDelivery>().Waiting = new WaitingMessages(Since, mail.Select(
        (m, n) =>
            new QueuedMail(
                $"4b{n}", "deferred", [new($"{m.Username}@store.lab.example", m.Reason)])
            {
                Sender = m.Sender,
                Size = m.Size,
                ArrivedAt = Since
            }));

    private sealed record Queued(string Sender, long Size, string Username, string Reason);
}
