using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MailAdmin.Core.Hosters;
using MailAdmin.Web.Features.Hosters;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Hosters;

public sealed class HosterTests : IDisposable
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPQilkFAAHkATHvyQZ7AAAAAElFTkSuQmCC");

    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task His_name_is_on_every_page_and_where_to_ask_for_help_at_sign_in()
    {
        var browser = await _panel.SignedInAsync();

        var page = await browser.SubmitAsync("/hoster", ("Name", "All2all & co"), ("SupportAddress", "support@example.org"));

        Said.In(HosterTexts.Saved, page.Notice);
        Assert.Equal("All2all & co", page.Document.QuerySelector(".brand")!.TextContent.Trim());
        var signIn = await _panel.NewBrowser().GetAsync("/sign-in");
        Assert.EndsWith("· All2all & co", signIn.Document.Title, StringComparison.Ordinal);
        Assert.Equal("mailto:support@example.org", signIn.Document.QuerySelector("main a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Whether_From_is_checked_is_chosen_shown_and_recorded_and_anything_else_is_refused()
    {
        var browser = await _panel.SignedInAsync();
        Assert.Equal(
            "False", (await browser.GetAsync("/hoster")).Document.QuerySelector<IHtmlSelectElement>("select[name=AnyFrom]")!.Value);

        await browser.SubmitAsync("/hoster", ("AnyFrom", "True"));

        Assert.True(_panel.Get<HosterRepository>().Current.AllowsAnyFrom);
        Assert.Equal("True", (await browser.GetAsync("/hoster")).Document.QuerySelector<IHtmlSelectElement>("select[name=AnyFrom]")!.Value);
        Said.In(HosterTexts.AnyFromAllowed, (await browser.GetAsync("/audit")).Document.Body!.TextContent);
        Assert.Empty((await browser.SubmitAsync("/hoster", ("AnyFrom", "perhaps"))).Notice ?? "");
        Assert.True(_panel.Get<HosterRepository>().Current.AllowsAnyFrom);
    }

    [Fact]
    public async Task The_logo_is_shown_before_sign_in_and_kept_by_the_browser_until_it_is_another_one()
    {
        var browser = await _panel.SignedInAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/hoster/logo")).Status);
        Assert.Equal("/hoster", (await SendLogoAsync(browser, Png)).Path);
        var stranger = _panel.NewBrowser();

        var address = (await stranger.GetAsync("/sign-in")).Document.QuerySelector(".brand img")!.GetAttribute("src")!;
        var response = await stranger.Client.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(Png, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl is { Public: true, NoStore: false, MaxAge.TotalDays: 365 });
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        Assert.Equal(
            HttpStatusCode.NotModified, (await stranger.Client.SendAsync(again, TestContext.Current.CancellationToken)).StatusCode);
        await SendLogoAsync(browser, [.. "RIFF"u8, 14, 0, 0, 0, .. "WEBPVP8 "u8, 2, 0, 0, 0, 1, 2]);
        Assert.NotEqual(address, (await stranger.GetAsync("/sign-in")).Document.QuerySelector(".brand img")!.GetAttribute("src"));
    }

    [Fact]
    public async Task A_logo_that_is_no_picture_or_too_large_is_refused_and_one_can_be_removed()
    {
        var browser = await _panel.SignedInAsync();
        await SendLogoAsync(browser, Png);

        Said.In(
            ProblemTexts.HosterLogoUnknown,
            (await SendLogoAsync(browser, [.. "<svg onload=alert(1)>"u8])).Document.GetElementById("logo-error")!.TextContent);
        Said.In(
            ProblemTexts.HosterLogoTooLarge,
            (await SendLogoAsync(browser, [.. Png, .. new byte[Logo.MaxOctets]])).Document.GetElementById("logo-error")!.TextContent);
        Assert.NotNull(_panel.Get<HosterRepository>().Current.Logo);

        var page = await browser.SubmitAsync(await browser.GetAsync("/hoster"), "form[action='/hoster/logo/delete']");

        Assert.Equal(HosterTexts.LogoRemoved, page.Notice);
        Assert.Null(page.Document.QuerySelector(".brand img"));
    }

    [Theory]
    [InlineData("ImapHost", "https://imap.example.org", nameof(ProblemTexts.HosterHostMalformed))]
    [InlineData("Pop3Host", "pop.example.org:995", nameof(ProblemTexts.HosterHostMalformed))]
    [InlineData("SmtpHost", "localhost", nameof(ProblemTexts.HosterHostMalformed))]
    [InlineData("Webmail", "http://webmail.example.org", nameof(ProblemTexts.HosterWebmailMalformed))]
    [InlineData("Webmail", "javascript:alert(1)", nameof(ProblemTexts.HosterWebmailMalformed))]
    [InlineData("TimeZone", "Mars/Olympus", nameof(ProblemTexts.HosterTimeZoneUnknown))]
    [InlineData("TimeZone", "Romance Standard Time", nameof(ProblemTexts.HosterTimeZoneUnknown))]
    [InlineData("SupportAddress", "support", nameof(ProblemTexts.AddressMalformed))]
    public async Task What_is_wrong_is_told_beside_its_field_and_stays(string field, string typed, string problem)
    {
        var page = await (await _panel.SignedInAsync()).SubmitAsync("/hoster", ("Name", "All2all"), (field, typed));

        Said.In(Said.Problem(problem), page.ErrorAt(field));
        Assert.Equal(typed, page.Document.GetElementById(field.ToLowerInvariant())!.GetAttribute("value"));
        Assert.Equal("All2all", page.Document.GetElementById("name")!.GetAttribute("value"));
        Assert.Null(_panel.Get<HosterRepository>().Current.Name);
    }

    [Fact] // C109
    public async Task Saving_twice_without_a_change_changes_nothing()
    {
        const string name = "p%40ss;w\"d]z<&:k^: &amp; co";
        var browser = await _panel.SignedInAsync();
        await browser.SubmitAsync(
            "/hoster", ("Name", name), ("ImapHost", "IMAP.example.org."), ("Webmail", "https://webmail.example.org/?a=1&amp;b=%40"));
        var once = HosterOf();

        await browser.SubmitAsync("/hoster");
        await browser.SubmitAsync("/hoster");

        Assert.Equal((name, "imap.example.org", "https://webmail.example.org/?a=1&amp;b=%40"), once);
        Assert.Equal(once, HosterOf());
    }

    [Fact]
    public async Task No_page_asks_the_database_for_him()
    {
        var browser = await _panel.SignedInAsync();
        await browser.SubmitAsync("/hoster", ("Name", "All2all"));

        var trips = _panel.CountRoundTrips();
        await browser.GetAsync("/settings");

        Assert.DoesNotContain(trips.Commands, c => c.Contains("Hosters", StringComparison.Ordinal));
    }

    private (string?, string?, string?) HosterOf() =>
        _panel.Get<HosterRepository>().Current is var h ? (h.Name, h.ImapHost, h.WebmailUrl) : default;

    private static async Task<WebPage> SendLogoAsync(Browser browser, byte[] content)
    {
        var form = (await browser.GetAsync("/hoster")).Document.QuerySelector<IHtmlFormElement>("form[enctype]")!;
        using var token = new StringContent(Browser.ValuesOf(form)["__RequestVerificationToken"]);
        using var file = new ByteArrayContent(content);
        using var body = new MultipartFormDataContent { { token, "__RequestVerificationToken" }, { file, "logo", "logo.png" } };
        var response = await browser.Client.PostAsync("/hoster/logo", body);
        return await Browser.ReadAsync(response);
    }
}
