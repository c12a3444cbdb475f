using MailAdmin.Core.Data;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en")]
public sealed class ListCommandTests : IDisposable
{
    private const string List = """
        address;name;quota;redirect
        marie;Marie Curie;500 MB;
        pierre;Pierre Curie;;marie@exemple.be
        élodie;;;
        """;

    private readonly PanelApplication _panel = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _panel.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_list_with_an_error_is_carried_out_only_if_that_is_asked_and_its_export_changes_nothing()
    {
        await _panel.AddDomainAsync();
        var file = await FileAsync("list.csv", List);
        string[] import = ["import", file, "--domain", "exemple.be", "--json"];

        var dry = (await _panel.RunAsync([.. import, "--dry-run"])).Ends(1).Json;
        Assert.Equal((2, 1), ((int)dry["creates"]!, (int)dry["wrong"]!));
        Assert.Equal(4, (int)dry["rows"]!.AsArray().Single()!["line"]!);
        (await _panel.RunAsync(import)).Ends(1);
        await using var context = _panel.Get<MailDatabase>().Open();
        Assert.False(await context.Accounts.AnyAsync());

        var done = (await _panel.RunAsync([.. import, "--skip-wrong"])).Ends(1).Json;
        Assert.Equal((2, 0, 0), ((int)done["done"]!, (int)done["refused"]!, (int)done["left"]!));
        Assert.Equal(["Marie Curie", "Pierre Curie"], await context.Accounts.OrderBy(a => a.Id).Select(a => a.PersonName).ToListAsync());

        var exported = (await _panel.RunAsync("export", "--domain", "exemple.be")).Ends(0).Output;
        Assert.DoesNotContain("$2b$", exported, StringComparison.Ordinal);
        var again = (await _panel.RunAsync("import", await FileAsync("again.csv", exported), "--json")).Ends(0).Json;
        Assert.Equal((0, 0, 2), ((int)again["creates"]!, (int)again["changes"]!, (int)again["unchanged"]!));
    }

    [Fact]
    public async Task A_file_or_domain_that_is_not_there_is_told()
    {
        await _panel.AddDomainAsync();
        var missing = Path.Combine(_folder.Path, "missing.csv");

        Assert.Contains(missing, (await _panel.RunAsync("import", missing)).Ends(2).Error, StringComparison.Ordinal);
        (await _panel.RunAsync("import", await FileAsync("list.csv", List), "--domain", "autre.example")).Ends(1);
        (await _panel.RunAsync("export", "--domain", "autre.example")).Ends(1);
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }
}
