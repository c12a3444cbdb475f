using MailAdmin.Core.Data;
using MailAdmin.Provisioning.Takeovers;
using MailAdmin.Testing.Servers;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en")]
[Trait("Lane", "servers")]
public sealed class TakeoverCommandTests : IDisposable
{
    private readonly PanelApplication _panel = new();
    private readonly TemporaryFolder _folder = new();

    private string Connection => Path.Combine(_folder.Path, "connection");

    public void Dispose()
    {
        _panel.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_dry_run_shows_then_everything_is_carried_and_the_same_again_changes_nothing()
    {
        await using var server = await PrivateDatabaseServer.StartAsync(SourceKind.MySql);
        await server.RunAsync(WebCyradmTables.For(SourceKind.MySql));
        await File.WriteAllTextAsync(Connection, server.ConnectionString);
        string[] command = ["takeover", "web-cyradm", "--connection", Connection, "--json"];

        var dry = (await _panel.RunAsync([.. command, "--dry-run"])).Ends(1).Json;
        Assert.Equal((4, 8), (dry["domains"]!.AsArray().Count, (int)dry["untried"]!));
        await using var context = _panel.Get<MailDatabase>().Open();
        Assert.False(await context.Domains.AnyAsync());

        var done = (await _panel.RunAsync(command)).Ends(1).Json;
        Assert.Equal((8, 0, 0), ((int)done["done"]!, (int)done["refused"]!, (int)done["wrong"]!));
        Assert.Equal(9, done["findings"]!.AsArray().Count);
        Assert.Equal(6, await context.Accounts.CountAsync());

        var again = (await _panel.RunAsync(command)).Ends(1).Json;
        Assert.Equal((0, 8, 0), ((int)again["creates"]!, (int)again["unchanged"]!, (int)again["changes"]!));
        Assert.Empty(again["domains"]!.AsArray());
    }

    [Fact]
    public async Task A_server_that_does_not_answer_and_a_wrong_connection_string_are_told_apart()
    {
        await File.WriteAllTextAsync(Connection, $"Server={_folder.Path}/none;Protocol=unix;User ID=root;Password=zut-zut");
        var away = (await _panel.RunAsync("takeover", "web-cyradm", "--connection", Connection)).Ends(3);
        Assert.DoesNotContain("zut-zut", away.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Connection, "Zut=1");
        (await _panel.RunAsync("takeover", "web-cyradm", "--connection", Connection)).Ends(2);
        (await _panel.RunAsync("takeover", "web-cyradm", "--connection", Path.Combine(_folder.Path, "missing"))).Ends(2);
    }
}
