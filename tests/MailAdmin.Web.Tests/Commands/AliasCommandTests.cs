using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en")]
public sealed class AliasCommandTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task An_alias_is_made_changed_and_deleted()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");

        (await _panel.RunAsync("alias", "create", "info@exemple.be", "exemple0001", "a@example.org")).Ends(0);
        (await _panel.RunAsync("alias", "add", "info@exemple.be", "b@example.org", "c@example.org")).Ends(0);
        (await _panel.RunAsync("alias", "remove", "info@exemple.be", "A@example.org", "unknown@example.org")).Ends(0);
        Assert.Equal(["exemple0001", "b@example.org", "c@example.org"], await DestinationsAsync());

        (await _panel.RunAsync("alias", "delete", "info@exemple.be")).Ends(0);
        (await _panel.RunAsync("alias", "show", "info@exemple.be")).Ends(1);
        Assert.Empty((await _panel.RunAsync("alias", "list", "--domain", "exemple.be", "--json")).Ends(0).Json["aliases"]!.AsArray());
    }

    [Fact]
    public async Task A_wrong_destination_changes_nothing_and_a_dry_run_neither()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        (await _panel.RunAsync("alias", "create", "info@exemple.be", "exemple0001")).Ends(0);

        (await _panel.RunAsync("alias", "add", "info@exemple.be", "b@example.org", "exemple0099")).Ends(1);
        (await _panel.RunAsync("alias", "add", "info@exemple.be", "b@example.org", "--dry-run")).Ends(0);
        (await _panel.RunAsync("alias", "delete", "info@exemple.be", "--dry-run")).Ends(0);
        (await _panel.RunAsync("alias", "create", "info@exemple.be")).Ends(1);

        Assert.Equal(["exemple0001"], await DestinationsAsync());
    }

    private async Task<IEnumerable<string?>> DestinationsAsync() =>
        (await _panel.RunAsync("alias", "show", "info@exemple.be", "--json")).Ends(0).Json["destinations"]!.AsArray()
            .Select(d => (string?)d);
}
