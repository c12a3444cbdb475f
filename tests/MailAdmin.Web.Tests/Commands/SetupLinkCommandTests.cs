using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Setup;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Commands;

public sealed class SetupLinkCommandTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact] // S15
    public async Task It_prints_the_link_of_the_running_panel_each_time()
    {
        var first = (await _panel.RunAsync("setup-link")).Ends(0).Output.Trim();
        var second = (await _panel.RunAsync("setup-link", "--json")).Ends(0).Json["link"]!.GetValue<string>();

        Assert.Equal(first, second);
        Assert.StartsWith("http://127.0.0.1:8080/setup/", first, StringComparison.Ordinal);
        var page = await _panel.NewBrowser().GetAsync(new Uri(first).AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Document.QuerySelector("#confirmation"));
    }

    [Fact]
    public async Task A_restart_does_not_change_the_link_and_another_panel_has_another()
    {
        await using var other = new PanelApplication();
        var gate = new SetupGate(_panel.Get<AdminService>(), _panel.Get<SetupTokens>());

        await gate.OpenIfNeededAsync();

        Assert.Equal(_panel.SetupPath, gate.Path);
        Assert.NotEqual(other.SetupPath, gate.Path);
    }

    [Fact]
    public async Task Without_a_database_the_command_makes_one_as_the_panel_would()
    {
        var result = await MailAdminCommand.RunAsync("C.UTF-8", "setup-link", "--settings", _panel.SettingsFile("new.db"));

        Assert.Contains("/setup/", result.Ends(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_there_is_an_admin_there_is_no_link()
    {
        await _panel.SignedInAsync();

        var result = await _panel.RunAsync("setup-link");

        Assert.Contains("administrator already", result.Ends(1).Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
