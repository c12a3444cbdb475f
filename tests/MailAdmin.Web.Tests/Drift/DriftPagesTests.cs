using MailAdmin.Core.Data;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using MailAdmin.Web.Features.Drift;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Drift;

public sealed class DriftPagesTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task Before_the_first_comparison_the_page_offers_one_and_then_says_that_it_begins()
    {
        var browser = await _panel.SignedInAsync();
        Said.In(DriftTexts.Never, (await browser.GetAsync("/drift")).Text);

        var page = await browser.SubmitAsync("/drift");

        Said.In(DriftTexts.Requested, page.Text);
        Assert.Equal("3", page.Response.Headers.GetValues("Refresh").Single());
    }

    [Fact]
    public async Task What_was_found_so_far_is_shown_with_how_far_it_is()
    {
        var browser = await _panel.SignedInAsync();
        await FoundAsync(DriftPhase.Mailboxes, Quota(1));

        var page = await browser.GetAsync("/drift");

        Said.In(DriftTexts.Comparing, Plain(page.Text), 40, 100);
        Assert.Equal(
            ("100", "40"),
            (page.Document.QuerySelector("progress")!.GetAttribute("max"), page.Document.QuerySelector("progress")!.GetAttribute("value")));
        Said.In(DriftTexts.QuotaDiffersMeans, Plain(page.Text), "exemple0001", "25 000 Ko (24,41 Mo)", SharedTexts.Unlimited);
    }

    [Fact]
    public async Task One_difference_is_repaired_and_the_page_it_was_on_comes_back()
    {
        var browser = await _panel.SignedInAsync();
        var account = await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        await FoundAsync(DriftPhase.Finished, [.. Enumerable.Range(0, 11).Select(_ => Quota(account.Id))]);
        await _panel.Get<MailDatabase>().ExecuteWithoutAuditAsync(c => c.Jobs.ExecuteDeleteAsync());
        var second = await browser.GetAsync("/drift?first=10");

        var form = second.Document.QuerySelector(".found-drift form")!;
        var page = await browser.PostAsync(form.GetAttribute("action")!, new()
        {
            ["__RequestVerificationToken"] = form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!,
            ["back"] = form.QuerySelector("[name=back]")!.GetAttribute("value")!,
            ["repair"] = "Server",
        });

        Assert.Equal("/drift?first=10", page.Path);
        Said.In(DriftTexts.Repaired_one, page.Notice);
        Said.In(DriftTexts.RepairAsked, page.Text);
        await using var context = _panel.Get<MailDatabase>().Open();
        Assert.True(await context.Jobs.AnyAsync(t => t.Kind == JobKind.Mailbox && t.SubjectId == account.Id));
    }

    [Fact]
    public async Task All_of_a_kind_are_repaired_as_they_were_shown_or_shown_again()
    {
        var browser = await _panel.SignedInAsync();
        var account = await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        await FoundAsync(DriftPhase.Finished, Quota(account.Id), Quota(account.Id));
        var page = await browser.GetAsync("/drift");
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.Document.QuerySelector("form[action='/drift/repairs']")!;
        var values = Browser.ValuesOf(form);
        values["repair"] = "Server";
        await _panel.Get<DriftService>().RepairAsync(1, DriftRepair.Server, Core.Admins.Actor.Panel);

        var again = await browser.PostAsync("/drift/repairs", values);
        Assert.Contains("entre-temps", again.Notice, StringComparison.Ordinal);
        values["count"] = "1";
        Said.In(DriftTexts.Repaired_one, (await browser.PostAsync("/drift/repairs", values)).Notice);
    }

    [Fact]
    public async Task A_mailbox_of_nobody_asks_for_its_name_first()
    {
        var browser = await _panel.SignedInAsync();
        await FoundAsync(DriftPhase.Finished, new DriftFinding { Kind = DriftKind.MailboxOrphaned, Subject = "personne", Found = "2048" });
        var link = (await browser.GetAsync("/drift")).Document.QuerySelector("a.bad")!.GetAttribute("href")!;

        var asked = await browser.GetAsync(link);
        var refused = await browser.SubmitAsync(link, ("TypedName", "autre"));
        var done = await browser.SubmitAsync(link, ("TypedName", "personne"));

        Assert.Contains("2 048 Ko (2 Mo)", Plain(asked.Text), StringComparison.Ordinal);
        Assert.Contains("personne", refused.ErrorAt("TypedName"), StringComparison.Ordinal);
        Assert.Equal("/drift", done.Path);
        Said.In(DriftTexts.Removed, done.Notice, "personne");
    }

    [Theory]
    [InlineData("personne", 1)]
    // No account can have these names.
    [InlineData("gugus@exemple.be", 0)]
    [InlineData("Personne", 0)]
    public async Task Only_a_mailbox_whose_name_an_account_can_have_is_offered_one(string name, int offers)
    {
        var browser = await _panel.SignedInAsync();
        await FoundAsync(DriftPhase.Finished, new DriftFinding { Kind = DriftKind.MailboxOrphaned, Subject = name });

        var page = await browser.GetAsync("/drift");

        Assert.Equal(offers, page.Document.QuerySelectorAll("a[href$='/adopt']").Length);
    }

    [Fact]
    public void Each_kind_has_its_sentence() => Assert.All(Enum.GetValues<DriftKind>(), kind =>
    {
        var finding = new DriftFinding
        {
            Kind = kind,
            Subject = "exemple0001",
            Map = PostfixMap.Virtual,
            Host = "mx.example.org",
            Wanted = "1",
            Found = "2"
        };
        Assert.Contains("exemple0001", DriftText.Explain(finding), StringComparison.Ordinal);
        Assert.NotEmpty(DriftText.KindOf(kind));
    });

    private static DriftFinding Quota(long accountId) =>
        new() { Kind = DriftKind.QuotaDiffers, AccountId = accountId, Domain = "exemple.be", Subject = "exemple0001", Wanted = "25000" };

    private static string Plain(string text) => string.Concat(text.Select(c => char.IsWhiteSpace(c) ? ' ' : c));

    private async Task FoundAsync(DriftPhase phase, params DriftFinding[] findings)
    {
        var drift = _panel.Get<DriftRepository>();
        var run = (await drift.BeginAsync())!;
        foreach (var finding in findings) finding.RunId = run.Id;
        await drift.SaveAsync(run.Id, findings, r => (r.Phase, r.Done, r.Total) = (phase, 40, 100));
    }
}
