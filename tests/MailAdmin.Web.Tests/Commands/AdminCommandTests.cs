using MailAdmin.Core.Data;
using MailAdmin.Web.Tests.Provisioning;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Commands;

public sealed class AdminCommandTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task The_first_superuser_is_made_beside_the_running_panel_which_lets_him_in_at_once()
    {
        var told = (await _panel.RunAsync("admin", "create", "jens", "--role", "superuser", "--json")).Ends(0).Json;

        var page = await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "jens"), ("Password", (string)told["password"]!));

        Assert.Equal("/domains", page.Path);
        Assert.Equal(("admin.created", $"command line ({Environment.UserName})"), (await _panel.EventsAsync())[0]);
    }

    [Fact]
    public async Task On_a_database_that_is_not_there_yet_an_admin_can_be_made()
    {
        var settings = _panel.SettingsFile("new.db");

        (await MailAdminCommand.RunAsync("en_GB.UTF-8", "admin", "create", "jens", "--role", "superuser", "--settings", settings)).Ends(0);

        var admins = (await MailAdminCommand.RunAsync("en_GB.UTF-8", "admin", "--json", "--settings", settings))
            .Ends(0).Json["admins"]!.AsArray();
        Assert.Equal("jens", (string?)Assert.Single(admins)!["name"]);
    }

    [Fact]
    public async Task A_new_password_ends_sessions_and_lets_its_owner_in()
    {
        var browser = await _panel.SignedInAsync();

        var password = (string)(await _panel.RunAsync("admin", "password", "JENS", "--json")).Ends(0).Json["password"]!;

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/domains")).Path, StringComparison.Ordinal);
        var page = await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "jens"), ("Password", password));
        Assert.Equal("/domains", page.Path);
    }

    [Fact]
    public async Task A_deleted_admin_is_gone_and_a_rehearsed_deletion_deletes_nobody()
    {
        await _panel.SignedInAsync();
        (await _panel.RunAsync("admin", "create", "luc", "--role", "support", "--all-domains")).Ends(0);

        (await _panel.RunAsync("admin", "delete", "luc", "--dry-run")).Ends(0);
        Assert.Equal(2, (await _panel.RunAsync("admin", "--json")).Ends(0).Json["admins"]!.AsArray().Count);
        (await _panel.RunAsync("admin", "delete", "LUC")).Ends(0);

        Assert.Equal("jens", (string?)(await _panel.RunAsync("admin", "--json")).Ends(0).Json["admins"]!.AsArray().Single()!["name"]);
        (await _panel.RunAsync("admin", "delete", "luc")).Ends(1);
    }

    [Fact]
    public async Task Rules_hold_here_too_the_last_superuser_stays_and_what_is_unknown_is_refused()
    {
        await _panel.SignedInAsync();

        (await _panel.RunAsync("admin", "disable", "jens")).Ends(1);
        (await _panel.RunAsync("admin", "delete", "jens")).Ends(1);
        (await _panel.RunAsync("admin", "password", "nobody")).Ends(1);
        (await _panel.RunAsync("admin", "create", "luc", "--role", "domain-admin", "--domain", "unknown.example")).Ends(1);
        (await _panel.RunAsync("admin", "create", "luc", "--role", "emperor")).Ends(2);

        await using var context = _panel.Get<MailDatabase>().Open();
        Assert.True((await context.Users.SingleAsync()).IsActive);
    }

    [Fact]
    public async Task Disabling_stops_an_admin_and_a_dry_run_does_not()
    {
        await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", Core.Admins.AdminRole.DomainAdmin, await _panel.AddDomainAsync());
        var luc = await _panel.SignInAsync("luc");

        Assert.Equal(1, (int)(await _panel.RunAsync("admin", "disable", "luc", "--dry-run", "--json")).Ends(0).Json["sessionsEnded"]!);
        Assert.Equal("/domains", (await luc.GetAsync("/domains")).Path);

        (await _panel.RunAsync("admin", "disable", "luc")).Ends(0);
        Assert.StartsWith("/sign-in", (await luc.GetAsync("/domains")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_refuses_what_would_be_refused_and_changes_nothing()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.ChangeAdminAsync("jens", a => a.TwoFactorEnabled = true);
        var before = await _panel.EventsAsync();

        var created = (await _panel.RunAsync("admin", "create", "luc", "--role", "support", "--dry-run", "--json")).Ends(0).Json;
        var changed = (await _panel.RunAsync("admin", "password", "jens", "--dry-run", "--json")).Ends(0).Json;
        (await _panel.RunAsync("admin", "reset-second-factor", "jens", "--dry-run")).Ends(0);
        (await _panel.RunAsync("admin", "create", "JENS", "--role", "support", "--dry-run")).Ends(1);
        (await _panel.RunAsync("admin", "disable", "jens", "--dry-run")).Ends(1);

        Assert.Equal(("luc", null, true), ((string?)created["name"], (string?)created["password"], (bool)created["dryRun"]!));
        Assert.Equal((null, 1), ((string?)changed["password"], (int)changed["sessionsEnded"]!));
        Assert.Equal("/domains", (await browser.GetAsync("/domains")).Path);
        Assert.Equal(before, await _panel.EventsAsync());
        await using var context = _panel.Get<MailDatabase>().Open();
        Assert.True((await context.Users.SingleAsync()).TwoFactorEnabled);
    }

    [Fact]
    public async Task A_dry_run_makes_no_database()
    {
        var settings = _panel.SettingsFile("none.db");

        (await MailAdminCommand.RunAsync(
            "en_GB.UTF-8", "admin", "create", "jens", "--role", "superuser", "--dry-run", "--settings", settings)).Ends(3);

        Assert.False(File.Exists(settings[..^".json".Length]));
    }

    [Fact]
    public async Task A_lost_second_factor_is_removed_and_sessions_end()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.ChangeAdminAsync("jens", a => a.TwoFactorEnabled = true);

        (await _panel.RunAsync("admin", "reset-second-factor", "jens")).Ends(0);

        await using var context = _panel.Get<MailDatabase>().Open();
        Assert.False((await context.Users.SingleAsync()).TwoFactorEnabled);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/domains")).Path, StringComparison.Ordinal);
        Assert.Equal("admin.second-factors-reset", (await _panel.EventsAsync())[0].Kind);
    }
}
