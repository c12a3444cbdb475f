using System.Text.Json.Nodes;
using MailAdmin.Core.Data;
using MailAdmin.Web.Commands.Accounts;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en")]
public sealed class AccountCommandTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task An_account_is_made_listed_changed_deleted_and_restored()
    {
        await _panel.AddDomainAsync();

        var made = (await _panel.RunAsync("account", "create", "gugus.dupont@exemple.be", "--quota", "30 MB", "--json")).Ends(0).Json;
        Assert.Equal("exemple0001", (string?)made["username"]);
        Assert.NotEmpty((string?)made["password"] ?? "");

        var listed = (await _panel.RunAsync("account", "list", "--json")).Ends(0).Json["accounts"]!.AsArray().Single()!;
        Assert.Equal(30 * 1024, (long)listed["quotaKiB"]!);
        Assert.Equal(["gugus.dupont@exemple.be"], listed["addresses"]!.AsArray().Select(a => (string?)a));

        var changed = (await _panel.RunAsync("account", "quota", "exemple0001", "none")).Ends(0);
        Said.In(AccountCommandTexts.Changed, changed.Output, "exemple0001");
        (await _panel.RunAsync("account", "suspend", "gugus.dupont@exemple.be", "--refuse-mail")).Ends(0);
        var shown = await ShowAsync();
        Assert.Null(shown["quotaKiB"]);
        Assert.Equal("suspended", (string?)shown["state"]);
        (await _panel.RunAsync("account", "resume", "exemple0001")).Ends(0);
        Assert.Equal("active", (string?)(await ShowAsync())["state"]);

        (await _panel.RunAsync("account", "delete", "exemple0001")).Ends(0);
        (await _panel.RunAsync("account", "show", "exemple0001")).Ends(1);
        (await _panel.RunAsync("account", "restore", "exemple0001")).Ends(0);
        (await _panel.RunAsync("account", "show", "exemple0001")).Ends(0);
    }

    [Fact]
    public async Task A_dry_run_is_refused_in_the_same_cases_and_changes_nothing()
    {
        var domain = await _panel.AddDomainAsync(maxAccounts: 1);
        (await _panel.RunAsync("account", "create", "gugus@exemple.be", "--dry-run")).Ends(0);
        Assert.Equal(0, await CountAsync());

        await _panel.AddAccountAsync(domain, "gugus");
        var before = await HashAsync();
        (await _panel.RunAsync("account", "create", "pascal@exemple.be", "--dry-run")).Ends(1);
        (await _panel.RunAsync("account", "password", "exemple0001", "--dry-run")).Ends(0);
        (await _panel.RunAsync("account", "delete", "exemple0001", "--for-good", "--dry-run")).Ends(0);
        (await _panel.RunAsync("account", "quota", "exemple0001", "much", "--dry-run")).Ends(1);

        Assert.Equal(before, await HashAsync());
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one_and_is_shown_only_if_it_was_made_here()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus");
        var before = await HashAsync();

        var told = (await _panel.RunAsync("account", "password", "gugus@exemple.be", "--json")).Ends(0).Json;

        Assert.NotEmpty((string?)told["password"] ?? "");
        Assert.NotEqual(before, await HashAsync());
        // Standard input is empty: no password at all.
        (await _panel.RunAsync("account", "password", "gugus@exemple.be", "--password-stdin")).Ends(1);
    }

    private async Task<JsonNode> ShowAsync() => (await _panel.RunAsync("account", "show", "exemple0001", "--json")).Ends(0).Json;

    private async Task<int> CountAsync()
    {
        await using var context = _panel.Get<MailDatabase>().Open();
        return await context.Accounts.CountAsync();
    }

    private async Task<string?> HashAsync()
    {
        await using var context = _panel.Get<MailDatabase>().Open();
        return await context.Accounts.Select(a => a.PasswordHash).SingleAsync();
    }
}
