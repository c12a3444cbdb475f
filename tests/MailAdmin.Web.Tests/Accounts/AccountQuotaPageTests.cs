using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Accounts;

/// <summary>The quota of an account.</summary>
public sealed class AccountQuotaPageTests : AccountPagesTest
{
    [Fact]
    public async Task Who_sends_an_outdated_form_is_told_and_nothing_is_changed()
    {
        var browser = await StartAsync();
        var form = await browser.GetAsync(Account + "/quota");
        await browser.SubmitAsync(form, "main form", ("Quota", "20000"));

        var late = await browser.SubmitAsync(form, "main form", ("Quota", "10 MB"));

        Assert.Contains("entre-temps", late.Problems, StringComparison.Ordinal);
        Assert.Contains("20 000 Ko", late.Problems.Replace('\u202f', ' ').Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Equal("10 MB", late.Document.QuerySelector("#quota")!.GetAttribute("value"));
        Assert.Equal(20_000, (await AccountAsync()).Quota!.Value.KiB);
    }

    [Theory] // C074
    [InlineData("25001")]
    [InlineData("1500")]
    [InlineData("999999")]
    public async Task A_quota_that_is_saved_unchanged_three_times_stays_the_same(string quota)
    {
        var browser = await StartAsync();
        await browser.SubmitAsync(Account + "/quota", ("Quota", quota));

        for (var i = 0; i < 3; i++) await browser.SubmitAsync(Account + "/quota");

        Assert.Equal(quota, (await browser.GetAsync(Account + "/quota")).Document.QuerySelector("#quota")!.GetAttribute("value"));
        Assert.Equal(long.Parse(quota, System.Globalization.CultureInfo.InvariantCulture), (await AccountAsync()).Quota!.Value.KiB);
    }

    [Theory]
    [InlineData("2 GB", 2_097_152, "2 Go")]
    [InlineData("25 Mo", 25_600, "25 Mo")]
    [InlineData("500", 500, "500 Ko")]
    public async Task A_quota_is_typed_in_any_unit_and_shown_in_both(string typed, long kib, string shown)
    {
        var browser = await StartAsync();

        var page = await browser.SubmitAsync(Account + "/quota", ("Quota", typed));

        Assert.Equal(kib, (await AccountAsync()).Quota!.Value.KiB);
        Assert.Contains(shown, Plain(page.Notice), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_limit_is_offered_where_the_domain_allows_it()
    {
        await StartAsync();
        await _panel.AddDomainAsync(
            "borne.example", "borne", with: d => d with { MaxQuota = new Quota(30_000), TotalQuota = new Quota(60_000) });
        var bounded = await _panel.Get<DomainRepository>().FindAsync(DomainName.Parse("borne.example"));
        await _panel.AddAccountAsync(bounded!.Domain, "lea");
        var browser = await _panel.SignInAsync("jens");

        var free = await browser.SubmitAsync(Account + "/quota", ("Unlimited", "true"));
        var page = await browser.GetAsync("/domains/borne.example/accounts/borne0001/quota");

        Assert.Null((await AccountAsync()).Quota);
        Assert.Contains(SharedTexts.Unlimited, free.Notice, StringComparison.OrdinalIgnoreCase);
        Assert.Null(page.Document.QuerySelector("[name=Unlimited]"));
        Assert.Contains("60000Ko", string.Concat(page.Text.Where(c => !char.IsWhiteSpace(c))), StringComparison.Ordinal);
        var refused = await browser.SubmitAsync(page, "main form", ("Quota", "60001"));
        Said.In(ProblemTexts.QuotaDomainTotalExceeded, refused.ErrorAt("Quota"));
    }

    private static string Plain(string text) => text.Replace('\u202f', ' ').Replace('\u00a0', ' ');
}
