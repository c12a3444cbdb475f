using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Web.Tests.Shared;
using MailAdmin.Web.Tests.Telemetry;
using Microsoft.Data.Sqlite;

namespace MailAdmin.Web.Tests.Hosting;

/// <summary>The log of a panel that runs as a process, in which a page fails.</summary>
public sealed class LogTests : IAsyncDisposable
{
    // The token of a one-time link.
    private const string Secret = "0123456789abcdef0123";

    private readonly PanelApplication _database = new();
    private readonly int _port = LoopbackPort.Free();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task As_JSON_each_line_is_an_object_and_an_error_has_the_id_that_its_page_shows()
    {
        var (page, log) = await FailAsync("Json");

        var entries = log.Select(line => JsonNode.Parse(line)!).ToList();
        var error = entries.First(e => e["RequestId"] is not null && e["@x"] is not null);
        Assert.Contains((string)error["RequestId"]!, page, StringComparison.Ordinal);
        var request = Assert.Single(entries, e => (string?)e["Page"] == "/password-link/…");
        Assert.Equal((string)error["RequestId"]!, (string)request["RequestId"]!);
        Assert.DoesNotContain(Secret, string.Concat(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_text_the_error_has_the_id_too_and_no_line_has_the_token()
    {
        var (page, log) = await FailAsync("Text");

        var error = log.First(line => line.Contains(" ERR] An unhandled exception", StringComparison.Ordinal));
        var id = error[(error.LastIndexOf(' ') + 1)..].TrimEnd(')');
        Assert.Contains(id, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, string.Concat(log), StringComparison.Ordinal);
    }

    private async Task<(string Page, IReadOnlyList<string> Log)> FailAsync(string format)
    {
        // Without an admin the panel would print the link of the set-up.
        await _database.AddAdminAsync("jens", Core.Admins.AdminRole.Superuser);
        await using var process = PanelProcess.Start(SettingsFile(format), "--urls", $"http://127.0.0.1:{_port}");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        await Eventually.HoldsAsync(
            async () => Assert.Equal("ok", await http.GetStringAsync(new Uri("/health", UriKind.Relative))), TimeSpan.FromMinutes(1));
        await BreakAsync();

        using var answer = await http.GetAsync(
            new Uri("/password-link/" + Secret, UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await process.StopAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        return (page, process.Log);
    }

    private string SettingsFile(string format)
    {
        var file = _database.SettingsFile();
        var settings = JsonNode.Parse(File.ReadAllText(file))!;
        settings["MailAdmin"]!["LogFormat"] = format;
        File.WriteAllText(file, settings.ToJsonString());
        return file;
    }

    private async Task BreakAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={_database.Get<Web.Hosting.PanelSettings>().Database}");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """DROP TABLE "PasswordLinks" """;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
