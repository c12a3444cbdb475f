using System.Net;
using MailAdmin.Web.Features.Setup;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Setup;

public sealed class SetupTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Theory]
    [InlineData("/")]
    [InlineData("/domains/exemple.be/accounts")]
    [InlineData("/sign-in")]
    [InlineData("/nothing")]
    public async Task Until_there_is_an_admin_every_page_tells_where_the_link_is(string path)
    {
        var page = await _panel.NewBrowser().GetAsync(path);

        Assert.Equal("/setup", page.Path);
        Assert.Contains("mailadmin setup-link", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_panel.SetupPath, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_makes_the_first_superuser_signs_him_in_and_dies()
    {
        var browser = _panel.NewBrowser();
        var link = _panel.SetupPath;

        var page = await browser.SubmitAsync(
            link, ("Name", "jens"), ("Password", PanelApplication.Password), ("Confirmation", PanelApplication.Password),
            ("Language", "fr"));

        Assert.Equal("/domains", page.Path);
        Said.In(SetupTexts.Done, page.Notice);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/setup")).Status);
        Assert.Equal("/sign-in?back=%2Fdomains", (await _panel.NewBrowser().GetAsync("/domains")).Path);
    }

    [Fact]
    public async Task A_wrong_token_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _panel.NewBrowser().GetAsync("/setup/0123456789abcdef0123456789abcdef")).Status);

    [Fact]
    public async Task A_weak_password_is_refused_beside_its_field_and_the_link_stays()
    {
        var browser = _panel.NewBrowser();

        var page = await browser.SubmitAsync(_panel.SetupPath, ("Name", "jens"), ("Password", "abcdefgh"), ("Confirmation", "abc"));

        Said.In(ProblemTexts.PasswordLetterAndDigit, page.ErrorAt("Password"));
        Assert.NotEmpty(page.ErrorAt("Confirmation"));
        Assert.Equal("jens", page.Document.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(_panel.SetupPath)).Status);
    }
}
