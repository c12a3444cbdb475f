using System.Net;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Hosting;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Sessions;

/// <summary>Requests that no page of the panel makes.</summary>
public sealed class StrangeRequestsTests : SessionTest
{
    [Theory] // A23
    [InlineData("/admins?q=")]
    [InlineData("/domains?q=")]
    [InlineData("/search?q=")]
    [InlineData("/audit?search=")]
    [InlineData("/domains?from=")]
    public async Task A_NUL_in_a_query_is_no_fault_of_the_panels(string path)
    {
        var browser = await _panel.SignedInAsync();
        foreach (var value in (string[])["%00", "ab%00cd", "%0%000", "%00%00"])
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path + value)).Status);
    }

    [Fact]
    public async Task A_NUL_in_a_form_is_no_fault_of_the_panels_without_a_session_either()
    {
        var browser = await _panel.SignedInAsync();
        _clock.Advance(new SessionSettings().LongestTime);
        browser.Client.DefaultRequestHeaders.Referrer = new Uri("http://localhost/domains/new");

        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/domains/new", new() { ["Name"] = "a\0b" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await _panel.NewBrowser().PostAsync("/sign-in", new() { ["back"] = "a\0b" })).Status);
    }

    [Theory]
    [InlineData("/autodiscover/autodiscover.xml")]
    [InlineData("/Autodiscover/Autodiscover.xml")]
    [InlineData("/mail/config-v1.1.xml")]
    [InlineData("/.well-known/autoconfig/mail/config-v1.1.xml")]
    [InlineData("/.well-known/mta-sts.txt")]
    public async Task What_mail_programs_and_servers_look_for_is_not_found_rather_than_a_page_of_sign_in(string path)
    {
        await _panel.SignedInAsync();
        var page = await _panel.NewBrowser().GetAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, path), (page.Status, page.Path));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var browser = await _panel.SignedInAsync();

        var page = await browser.PostAsync("/domains/new", new() { ["Name"] = "exemple.be", ["Prefix"] = "exemple" });

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(ErrorTexts.FormStale, page.Title);
        Said.In(DomainTexts.None, (await browser.GetAsync("/domains")).Text);
    }
}
