using MailAdmin.Core.Data;
using MailAdmin.Web.Commands.CatchAlls;
using MailAdmin.Web.Commands.Redirects;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en")]
public sealed class DomainCommandTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_domain_is_made_listed_suspended_resumed_and_deleted()
    {
        (await _panel.RunAsync(
            "domain", "create", "exemple.be", "--prefix", "exemple", "--max-accounts", "7", "--quota", "30 MB", "--next-hop",
            "smtp:[old.example.net]:25")).Ends(0);
        var listed = (await _panel.RunAsync("domain", "list", "--json")).Ends(0).Json["domains"]!.AsArray().Single()!;
        Assert.Equal(("exemple.be", 7, "relay"), ((string?)listed["name"], (int)listed["maxAccounts"]!, (string?)listed["routing"]));

        (await _panel.RunAsync("domain", "suspend", "exemple.be", "--dry-run")).Ends(0);
        Assert.Equal("active", await StateAsync());
        (await _panel.RunAsync("domain", "suspend", "exemple.be")).Ends(0);
        Assert.Equal("suspended", await StateAsync());
        (await _panel.RunAsync("domain", "resume", "exemple.be")).Ends(0);
        Assert.Equal("active", await StateAsync());

        (await _panel.RunAsync("domain", "delete", "exemple.be", "--confirm", "exemple.com")).Ends(1);
        (await _panel.RunAsync("domain", "delete", "exemple.be", "--confirm", "exemple.be", "--dry-run")).Ends(0);
        Assert.Equal("active", await StateAsync());
        (await _panel.RunAsync("domain", "delete", "exemple.be", "--confirm", "exemple.be")).Ends(0);
        (await _panel.RunAsync("domain", "show", "exemple.be")).Ends(1);
    }

    [Fact]
    public async Task A_domain_that_breaks_a_rule_is_refused_and_one_without_a_prefix_not_understood()
    {
        await _panel.AddDomainAsync();

        (await _panel.RunAsync("domain", "create", "exemple.be", "--prefix", "autre")).Ends(1);
        (await _panel.RunAsync("domain", "create", "autre.example", "--prefix", "exemple", "--dry-run")).Ends(1);
        (await _panel.RunAsync("domain", "create", "autre.example")).Ends(2);
    }

    [Fact]
    public async Task A_redirect_is_set_shown_and_removed()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus");

        (await _panel.RunAsync("redirect", "set", "exemple0001", "a@example.org", "b@example.org", "--keep-copy")).Ends(0);
        (await _panel.RunAsync("redirect", "set", "exemple0001", "nobody@", "--dry-run")).Ends(1);
        (await _panel.RunAsync("redirect", "remove", "exemple0001", "--dry-run")).Ends(0);
        var shown = (await _panel.RunAsync("redirect", "show", "gugus@exemple.be", "--json")).Ends(0).Json;
        Assert.Equal(["a@example.org", "b@example.org"], shown["destinations"]!.AsArray().Select(d => (string?)d));
        Assert.True((bool)shown["keepsCopy"]!);

        (await _panel.RunAsync("redirect", "remove", "exemple0001")).Ends(0);
        Said.In(RedirectCommandTexts.None, (await _panel.RunAsync("redirect", "show", "exemple0001")).Ends(0).Output, "exemple0001");
    }

    [Fact]
    public async Task The_catch_all_moves_from_one_account_to_another_and_ends()
    {
        var domain = await _panel.AddDomainAsync();
        foreach (var name in (string[])["gugus", "pascal"]) await _panel.AddAccountAsync(domain, name);

        (await _panel.RunAsync("catchall", "set", "gugus@exemple.be")).Ends(0);
        (await _panel.RunAsync("catchall", "set", "pascal@exemple.be", "--dry-run")).Ends(0);
        Assert.Equal("exemple0001", await HolderAsync());
        (await _panel.RunAsync("catchall", "set", "pascal@exemple.be")).Ends(0);
        Assert.Equal("exemple0002", await HolderAsync());

        (await _panel.RunAsync("catchall", "remove", "exemple.be")).Ends(0);
        Said.In(CatchAllCommandTexts.None, (await _panel.RunAsync("catchall", "show", "exemple.be")).Ends(0).Output, "exemple.be");
    }

    private async Task<string?> StateAsync() =>
        (string?)(await _panel.RunAsync("domain", "show", "exemple.be", "--json")).Ends(0).Json["state"];

    private async Task<string?> HolderAsync()
    {
        await using var context = _panel.Get<MailDatabase>().Open();
        var holder = await context.Domains.Select(d => d.CatchAllAccountId).SingleAsync();
        return (await context.Accounts.SingleAsync(a => a.Id == holder)).Username.Value;
    }
}
