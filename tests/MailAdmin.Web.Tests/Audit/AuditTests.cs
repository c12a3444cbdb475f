using System.Net;
using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Web.Features.Audit;
using MailAdmin.Web.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Audit;

public sealed class AuditTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(
        new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero))
    { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private readonly PanelApplication _panel;
    private MailDomain _domain = null!;

    public AuditTests() => _panel = new PanelApplication(_clock);

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task An_edit_is_told_with_who_when_and_each_field_before_and_after()
    {
        var browser = await StartAsync();
        await SetZoneAsync("Europe/Brussels");
        await browser.SubmitAsync("/domains/exemple.be/accounts/exemple0001/quota", ("Quota", "30000"));

        var row = (await browser.GetAsync("/audit")).Document.QuerySelector("tbody tr")!;

        Said.In(AuditTexts.AccountQuotaChanged, row.TextContent);
        Assert.Contains("jens", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("10:00:", row.QuerySelector("time")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/domains/exemple.be/accounts/exemple0001", row.QuerySelector("td:nth-child(3) a")!.GetAttribute("href"));
        Assert.Contains("25 000 Ko", Plain(row.QuerySelector("del")!.TextContent), StringComparison.Ordinal);
        Assert.Contains("30 000 Ko", Plain(row.QuerySelector("ins")!.TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_leave_what_was_asked_for_and_stay_in_the_form_and_in_the_export()
    {
        var browser = await StartAsync();
        await _panel.AddAccountAsync(_domain, "pascal");

        var page = await browser.GetAsync("/audit?about=pascal@exemple.be&kind=account.created&since=2026-11-25&until=2026-11-25");

        Assert.Contains("exemple0002", Assert.Single(page.Document.QuerySelectorAll("tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Contains("value=\"pascal@exemple.be\"", page.Html, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("option[value='account.created'][selected]"));
        var export = await browser.Client.GetStringAsync(page.Document.QuerySelector(".act a")!.GetAttribute("href"));
        Assert.Equal(2, export.TrimEnd().Split("\r\n").Length);
        Said.In(AuditTexts.NothingMatches, (await browser.GetAsync("/audit?since=2026-11-26")).Text);
    }

    [Fact]
    public async Task What_can_not_be_read_is_told_beside_its_field()
    {
        var browser = await StartAsync();

        var page = await browser.GetAsync("/audit?domain=zut..be&since=demain");

        Assert.NotEmpty(page.ErrorAt("domain"));
        Assert.NotEmpty(page.ErrorAt("since"));
        Assert.Contains("value=\"demain\"", page.Html, StringComparison.Ordinal);
        Assert.Equal(
            "/audit?domain=zut..be", (await browser.GetAsync("/audit/export?domain=zut..be")).Path, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_domain_admin_sees_what_was_done_in_his_domains_and_nothing_else()
    {
        await StartAsync();
        var neighbour = await _panel.AddDomainAsync("voisin.example", "voisin");
        await _panel.AddAccountAsync(neighbour, "lea");
        await _panel.AddAdminAsync("marie", AdminRole.DomainAdmin, _domain);
        var marie = await _panel.SignInAsync("marie");

        foreach (
            var path in (
                string[])["/audit", "/audit?domain=voisin.example", "/audit?about=lea@voisin.example", "/audit?about=jens",
                "/audit/export"])
        {
            var page = await marie.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("voisin0001", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("store.lab.example", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("admin.created", page.Html, StringComparison.Ordinal);
        }
        Assert.Contains("exemple0001", (await marie.GetAsync("/audit")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_of_a_domain_outlives_it()
    {
        var browser = await StartAsync();
        var deletion = await browser.GetAsync("/domains/exemple.be/delete");
        await browser.SubmitAsync(deletion, "main form", ("TypedName", "exemple.be"));

        var page = await browser.GetAsync("/audit?domain=exemple.be");

        Said.In(AuditTexts.DomainDeleted, page.Text);
        Assert.Contains("exemple0001", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("tbody td:nth-child(3) a"));
    }

    [Fact]
    public async Task Pages_of_the_admins_own_size_lead_to_one_another()
    {
        var browser = await StartAsync();
        for (var i = 1; i <= 25; i++) await _panel.Get<AliasService>().CreateAsync(_domain.Id, LocalPart.Parse($"a{i}"), [], Actor.Panel);

        var first = await browser.GetAsync("/audit?kind=alias.created");
        var second = await browser.GetAsync(first.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);
        var third = await browser.GetAsync(second.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);
        var back = await browser.GetAsync(third.Document.QuerySelector("[rel=prev]")!.GetAttribute("href")!);

        Assert.Equal((10, 10, 5), (Rows(first), Rows(second), Rows(third)));
        Assert.Null(third.Document.QuerySelector("[rel=next]"));
        Assert.Equal(second.Document.QuerySelector("tbody")!.TextContent, back.Document.QuerySelector("tbody")!.TextContent);

        static int Rows(WebPage page) => page.Document.QuerySelectorAll("tbody tr").Length;
    }

    [Fact]
    public async Task The_export_is_what_a_spreadsheet_opens_without_running_anything()
    {
        var browser = await StartAsync();
        await browser.SubmitAsync(
            "/domains/exemple.be/accounts/exemple0001/password", ("Password", "Lima8-delta-y"), ("Confirmation", "Lima8-delta-y"),
            ("Reason", "dit \"oui\""));
        await _panel.Get<AdminService>().CreateAsync(
            new NewAdmin("+cmd", PanelApplication.Password, PanelApplication.Password, null, new AdminRights(AdminRole.Support, true, [])),
            await ActorAsync());

        var octets = await browser.Client.GetByteArrayAsync("/audit/export");

        Assert.Equal([0xEF, 0xBB, 0xBF], octets[..3]);
        var lines = Encoding.UTF8.GetString(octets[3..]).TrimEnd().Split("\r\n");
        Assert.StartsWith($"{AuditTexts.Event},", lines[0], StringComparison.Ordinal);
        Assert.Contains(
            "\"{\"\"reason\"\":\"\"dit \\\"\"oui\\\"\"\"\"}\"",
            Assert.Single(lines, l => l.Contains("account.password-changed", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.All(lines.SelectMany(l => l.Split(',')), field => Assert.DoesNotMatch("^\"?[=+@-]", field));
        Assert.Equal(
            lines.Length - 1, Enumerable.Range(1, lines.Length - 1)
                .Count(i => lines[i].StartsWith($"{lines.Length - i},", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_field_that_was_recorded_has_its_words()
    {
        var browser = await StartAsync();
        await SetZoneAsync("Europe/Brussels");
        await browser.SubmitAsync("/domains/exemple.be/accounts/exemple0001/redirect", ("Destinations", "lea@example.org"));
        await browser.SubmitAsync("/settings", ("PageSize", "20"));
        await _panel.AddAdminAsync("marie", AdminRole.DomainAdmin, _domain);
        await browser.SubmitAsync("/domains/exemple.be/accounts/exemple0001/state", []);
        var page = await _panel.Get<AuditRepository>().ListAsync(new(null, null, null, null, null, null, null), null, null, 100);

        Assert.All(
            page.Events.SelectMany(e => AuditFields.Of(e, TimeZoneInfo.Utc)), field => Assert.DoesNotMatch("^[a-z]+[A-Z]", field.Label));
    }

    private static string Plain(string text) => string.Concat(text.Select(c => char.IsWhiteSpace(c) ? ' ' : c));

    private async Task<Actor> ActorAsync()
    {
        var jens = await _panel.Get<SessionRepository>().FindAdminAsync("jens");
        return new(jens!.Id, "jens", AdminRole.Superuser, null, null);
    }

    private async Task SetZoneAsync(string zone)
    {
        var result = await _panel.Get<HosterService>()
            .ChangeAsync(
                0, new HosterSettings(null, null, ServerNaming.Generic, null, null, null, null) { TimeZone = zone }, await ActorAsync());
        Assert.True(result.Succeeded);
    }

    private async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        _domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(_domain, "gugus.dupont");
        return browser;
    }
}
