using MailAdmin.Web.Commands;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Theory]
    [InlineData("fr_BE.UTF-8", "fr")]
    [InlineData("nl_BE.UTF-8", "nl")]
    [InlineData("de_DE.UTF-8", "de")]
    [InlineData("C.UTF-8", "en")]
    public async Task Help_is_in_the_language_of_the_terminal(string terminal, string language)
    {
        var help = await MailAdminCommand.RunAsync(terminal, "--help");

        Said.In(Said.Text(CommandTexts.ResourceManager, nameof(CommandTexts.Trace), language), help.Ends(0).Output);
    }

    [Theory]
    [InlineData("tracer", "a@exemple.be")]
    [InlineData("trace")]
    [InlineData("trace", "a@exemple.be", "--jason")]
    [InlineData("trace", "a@exemple.be", "--settings", "/nowhere/settings.json")]
    public async Task A_wrong_command_line_ends_with_2_and_says_so_on_standard_error(params string[] args)
    {
        var result = await MailAdminCommand.RunAsync("en_GB.UTF-8", args);

        Assert.NotEmpty(result.Ends(2).Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Without_a_database_a_command_ends_with_3_and_makes_none()
    {
        var settings = _panel.SettingsFile("elsewhere.db");

        var result = await MailAdminCommand.RunAsync("en_GB.UTF-8", "trace", "a@exemple.be", "--settings", settings, "--json");

        Assert.Contains("\"error\":", result.Ends(3).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(settings)!, "elsewhere.db")));
    }
}
