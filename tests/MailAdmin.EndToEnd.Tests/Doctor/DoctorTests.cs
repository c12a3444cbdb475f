using System.Diagnostics;
using System.Text.Json.Nodes;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Doctor;

/// <summary>
/// On the real servers, first everything is right. Then one thing at a time is wrong, and the finding says what and where.
/// </summary>
[Collection(DoctorCollection.Name)]
public sealed class DoctorTests(DoctorHost host)
{
    // Each check has a deadline, which a busy machine may miss.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    [Fact]
    public Task On_the_sandbox_every_check_is_fine() => Eventually.HoldsAsync(
        async () =>
        {
            var result = await host.RunAsync();

            Assert.True(result.ExitCode == 0 && result.Wrong.Count == 0, string.Join("\n", result.Wrong) + result.Error);
            Assert.Equal(28, result.Json["checks"]!.AsArray().Count);
        },
        Timeout);

    [Fact]
    public async Task A_wrong_password_of_the_administrator_names_the_setting()
    {
        var secret = await host.Sandbox.Folder.WriteAsync("wrong.secret", "not-it");

        var finding = (await host.RunAsync(s => s["Cyrus"]!["AdminPasswordFile"] = secret)).Finding("CyrusSignInRefused");

        Assert.Contains($"Cyrus:AdminPasswordFile ({secret})", (string?)finding["place"]);
    }

    [Fact]
    public async Task No_check_makes_a_server_crash()
    {
        await host.RunAsync();

        Assert.DoesNotContain("signal 11", await File.ReadAllTextAsync(host.Sandbox.Cyrus.LogPath));
    }

    [Fact]
    public async Task A_missing_map_is_named()
    {
        var copy = Directory.CreateDirectory(host.Sandbox.Folder.In("maps-copy")).FullName;
        foreach (var file in Directory.EnumerateFiles(host.Sandbox.Folder.Maps))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        File.Delete(Path.Combine(copy, "senders.lmdb"));

        var finding = (await host.RunAsync(s => s["Maps"]!["Folder"] = copy)).Finding("MapMissing");

        Assert.Equal(Path.Combine(copy, "senders.lmdb"), (string?)finding["place"]);
    }

    [Fact]
    public async Task Without_a_login_socket_and_with_one_that_hangs_it_says_that_nobody_can_sign_in()
    {
        (await host.RunAsync(s => s["Logins"]!["Socket"] = "/nowhere/mux")).Finding("LoginSocketMissing");

        using var silent = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        var path = host.Sandbox.Folder.In("run/silent");
        silent.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        silent.Listen();
        (await host.RunAsync(s => s["Logins"]!["Socket"] = path)).Finding("LoginSocketSilent");
    }

    [Fact]
    public async Task A_clock_behind_an_older_database_an_administrator_who_is_none_and_a_store_that_never_bounces_are_each_told()
    {
        var user = host.Sandbox.Description.Accounts.First(a => a.Username == "exemple0002");
        var copy = host.Sandbox.Folder.CopyOfPostfix("etc-copy3");
        var master = Path.Combine(copy, "master.cf");
        await File.WriteAllTextAsync(
            master, (await File.ReadAllTextAsync(master))
                .Replace("-       lmtp\npickup", "-       lmtp\n  -o soft_bounce=yes\npickup", StringComparison.Ordinal));
        var ticks = TimeProvider.System.GetUtcNow().AddHours(1).UtcTicks;
        var database = await host.Sandbox.Folder.CopyOfDatabaseAsync(
            $"""UPDATE "Changes" SET "At" = {ticks}; DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT max("MigrationId") FROM "__EFMigrationsHistory")""");

        var result = await host.RunAsync(s =>
        {
            (s["Database"], s["Maps"]!["ConfigDirectory"]) = (database, copy);
            (s["Cyrus"]!["AdminUser"], s["Cyrus"]!["AdminPassword"]) = (user.Username, user.Password);
            s["Cyrus"]!.AsObject().Remove("AdminPasswordFile");
        });

        result.Finding("ClockBehind");
        result.Finding("MigrationsPending");
        Assert.Equal("admins: exemple0002", (string?)result.Finding("NotAdministrator")["write"]);
        result.Finding("SieveRefused");
        Assert.Equal(master, (string?)result.Finding("SettingBounces")["place"]);
    }

    [Fact] // A15
    public async Task An_administrator_of_Cyrus_whose_name_an_account_could_get_is_told_until_it_is_reserved()
    {
        var copy = host.Sandbox.Folder.CyrusSettings + ".admins";
        await File.WriteAllTextAsync(
            copy, (await File.ReadAllTextAsync(host.Sandbox.Folder.CyrusSettings))
                .Replace("admins: cyrus", "admins: cyrus, Sauvegarde", StringComparison.Ordinal));

        var result = await host.RunAsync(s => s["Doctor"]!["ImapdConf"] = copy);
        var reserved = await host.RunAsync(s =>
        {
            s["Doctor"]!["ImapdConf"] = copy;
            s["Cyrus"]!["Admins"] = new JsonArray("sauvegarde");
        });

        Assert.Equal("\"sauvegarde\"", (string?)result.Finding("AdministratorNotReserved")["write"]);
        Assert.DoesNotContain(reserved.Wrong, c => c.Contains("AdministratorNotReserved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_database_and_without_postmap_both_are_told()
    {
        var result = await host.RunAsync(s => (s["Database"], s["Maps"]!["Postmap"]) = ("/nowhere/panel.db", "/nowhere/postmap"));

        result.Finding("DatabaseMissing");
        Assert.Equal("Maps:Postmap", (string?)result.Finding("PostmapMissing")["place"]);
    }

    [Fact]
    public async Task A_certificate_that_expired_and_one_that_soon_will_are_told_with_their_dates()
    {
        using var expired = new CertificateServer(
            TimeProvider.System.GetUtcNow().AddDays(-30), TimeProvider.System.GetUtcNow().AddDays(-1));
        using var ending = new CertificateServer(TimeProvider.System.GetUtcNow().AddDays(-30), TimeProvider.System.GetUtcNow().AddDays(3));

        var result = await host.RunAsync(
            s => s["Doctor"]!["Certificates"] = new JsonArray(
                $"imaps://localhost:{expired.Port}", $"imaps://localhost:{ending.Port}", "imaps://localhost:1"));

        Assert.Contains($":{expired.Port}", (string?)result.Finding("CertificateExpired")["place"]);
        Assert.Contains($":{ending.Port}", (string?)result.Finding("CertificateEndsSoon")["place"]);
        Assert.Equal("imaps://localhost:1", (string?)result.Finding("CertificateUnread")["place"]);
    }

    [Fact]
    public async Task A_disk_with_less_room_than_wanted_is_told() =>
        Assert.Contains("MiB", (string?)(await host.RunAsync(s => s["Doctor"]!["LeastFreeMiB"] = int.MaxValue)).Finding("DiskLow")["text"]);

    [Fact]
    public async Task ManageSieve_that_is_away_is_told_by_itself_while_IMAP_is_fine()
    {
        var result = await host.RunAsync(s => s["Sieve"]!["Port"] = 1);

        Assert.Contains("cyrus.conf", (string?)result.Finding("SieveAway")["place"]);
        Assert.DoesNotContain(result.Wrong, c => c.Contains("\"Imap", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Servers_that_are_stopped_or_frozen_are_told_and_never_hold_up_the_doctor()
    {
        host.Sandbox.Cyrus.Pause();
        try
        {
            var started = Stopwatch.GetTimestamp();
            (await host.RunAsync()).Finding("CyrusAway");
            // The page's time limit is shorter than that of one Cyrus command.
            Assert.Contains("Sign-in to Cyrus No answer within 5 s", await PageAsync());
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(90));
        }
        finally
        {
            host.Sandbox.Cyrus.Resume();
        }
        await host.Sandbox.Cyrus.StopAsync();
        try
        {
            var result = await host.RunAsync();
            result.Finding("CyrusAway");
            result.Finding("SieveAway");
            result.Finding("NextHopAway");
            using var panel = await PanelClient.SignInAsync(host.Sandbox);
            await Eventually.HoldsAsync(
                async () => Assert.Contains("Mail for mailboxes waits", (await panel.GetAsync("/provisioning")).Text), Timeout);
            Assert.DoesNotContain("\"storeAwaySeconds\":null", (await panel.GetAsync("/health/provisioning")).Text);
        }
        finally
        {
            await host.Sandbox.Cyrus.StartAsync();
        }
    }

    [Fact]
    public Task The_page_says_the_same_to_the_superuser() =>
        Eventually.HoldsAsync(async () => Assert.Contains("Everything is in order", await PageAsync()), Timeout);

    private async Task<string> PageAsync()
    {
        using var panel = await PanelClient.SignInAsync(host.Sandbox);
        return string.Join(' ', (await panel.GetAsync("/doctor")).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
