using System.Diagnostics;
using System.Text.Json.Nodes;
using MailAdmin.Core.Secrets;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Doctor;

/// <summary>
/// On the real servers, first everything is right. Then one thing at a time is wrong, and the finding says what and where.
/// </summary>
public sealed class DoctorTests(DoctorHost host) : IClassFixture<DoctorHost>
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

    [Theory]
    [InlineData("unixhierarchysep: yes", "unixhierarchysep: no", "SettingNames")]
    [InlineData("lmtp_strict_quota: yes", "lmtp_strict_quota: no", "SettingLmtp")]
    [InlineData("delete_mode: delayed", "delete_mode: immediate", "SettingDeletion")]
    [InlineData("sieve_maxscriptsize: 256", "", "SettingSieve")]
    [InlineData("duplicatesuppression: no", "", "SettingWhole")]
    [InlineData("allowplaintext: no", "allowplaintext: yes", "SettingTls")]
    public async Task A_wrong_line_of_imapd_conf_is_named_with_what_has_to_stand_there(string right, string wrong, string code)
    {
        var lines = (await File.ReadAllTextAsync(host.Sandbox.Folder.CyrusSettings)).Split('\n');
        var line = Array.IndexOf(lines, right);
        lines[line] = wrong;
        var copy = await host.Sandbox.Folder.WriteAsync("imapd.copy", string.Join('\n', lines));

        var finding = (await host.RunAsync(s => s["Doctor"]!["ImapdConf"] = copy)).Finding(code);

        Assert.Equal(wrong.Length == 0 ? copy : $"{copy}:{line + 1}", (string?)finding["place"]);
        Assert.Equal(right, (string?)finding["write"]);
    }

    [Theory]
    [InlineData("smtpd_client_restrictions", "smtpd_client_restrictions =", "SettingReloadTrigger")]
    [InlineData("parent_domain_matches_subdomains", "parent_domain_matches_subdomains = smtpd_access_maps", "SettingSubdomains")]
    [InlineData("smtpd_sender_login_maps", "smtpd_sender_login_maps =", "SettingSenders")]
    [InlineData("virtual_alias_maps", "virtual_alias_maps = hash:/etc/postfix/virtual", "SettingMaps")]
    [InlineData("smtpd_forbid_bare_newline", "smtpd_forbid_bare_newline = no", "SettingSmuggling")]
    [InlineData("smtpd_tls_protocols", "smtpd_tls_protocols = >=TLSv1", "SettingTls")]
    [InlineData("lmtp_delivery_status_filter", "lmtp_delivery_status_filter =", "SettingBounces")]
    [InlineData("default_transport", "default_transport = smtp", "SettingForwarding")]
    public async Task A_wrong_line_of_main_cf_is_named_with_what_has_to_stand_there(string name, string wrong, string code)
    {
        var copy = host.Sandbox.Folder.CopyOfPostfix("etc-copy");
        var file = Path.Combine(copy, "main.cf");
        var lines = await File.ReadAllLinesAsync(file);
        var line = Array.FindIndex(lines, l => l.StartsWith(name + " ", StringComparison.Ordinal));
        var right = lines[line];
        lines[line] = wrong;
        await File.WriteAllLinesAsync(file, lines);

        var finding = (await host.RunAsync(s => s["Maps"]!["ConfigDirectory"] = copy)).Finding(code);

        Assert.Equal($"{file}:{line + 1}", (string?)finding["place"]);
        Assert.Equal(right.TrimEnd(), ((string?)finding["write"])!.TrimEnd());
    }

    [Theory] // S7
    [InlineData("root@localhost", "HostMailLost")]
    [InlineData("nobody@mx.sandbox.test", "HostMailLost")]
    [InlineData("somebody-else@example.com", null)]
    public async Task Mail_to_the_host_itself_is_followed_to_its_end(string destination, string? code)
    {
        var copy = host.Sandbox.Folder.CopyOfPostfix("etc-copy-host");
        var file = Path.Combine(copy, "main.cf");
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(
            file, text.Replace("abuse@mx.sandbox.test=hoster@example.org", $"abuse@mx.sandbox.test={destination}", StringComparison.Ordinal));

        var result = await host.RunAsync(s => s["Maps"]!["ConfigDirectory"] = copy);

        if (code is null) Assert.DoesNotContain(result.Wrong, w => w.Contains("HostMail", StringComparison.Ordinal));
        else Assert.Contains($"abuse@mx.sandbox.test ends at {destination}", (string?)result.Finding(code)["text"]);
        Assert.DoesNotContain(result.Wrong, w => w.Contains("SettingMaps", StringComparison.Ordinal));
    }

    [Fact] // S2
    public async Task A_socket_that_Postfix_may_not_reach_is_told_with_the_folder_that_stops_it()
    {
        var folder = Directory.CreateDirectory(host.Sandbox.Folder.In("closed"), PrivateFiles.FolderMode).FullName;
        var socket = await host.Sandbox.Folder.WriteAsync("closed/policy", "");

        var finding = (await host.RunAsync(s => s["Sending"]!["Socket"] = socket)).Finding("SocketRefuses");

        Assert.Equal(folder, (string?)finding["place"]);
        Assert.StartsWith("adduser postfix ", (string?)finding["write"]);
    }

    [Fact]
    public async Task A_listener_that_replaces_the_guard_is_told()
    {
        var copy = host.Sandbox.Folder.CopyOfPostfix("etc-copy2");
        await File.AppendAllTextAsync(
            Path.Combine(copy, "master.cf"), "127.0.0.1:1 inet n - n - - smtpd\n  -o smtpd_recipient_restrictions=permit\n");

        var finding = (await host.RunAsync(s => s["Maps"]!["ConfigDirectory"] = copy)).Finding("SettingRefused");

        Assert.Equal(Path.Combine(copy, "master.cf"), (string?)finding["place"]);
    }

    [Fact]
    public async Task A_listener_for_users_that_asks_neither_the_map_nor_the_policy_service_is_told_and_a_socket_that_nobody_answers_on()
    {
        var copy = host.Sandbox.Folder.CopyOfPostfix("etc-copy4");
        await File.AppendAllTextAsync(
            Path.Combine(copy, "master.cf"), "127.0.0.1:2 inet n - n - - smtpd\n  -o smtpd_sasl_auth_enable=yes\n");

        var listener = await host.RunAsync(s => s["Maps"]!["ConfigDirectory"] = copy);
        var silent = await host.RunAsync(s => (s["Sending"]!["Socket"], s["Sending"]!["Milter"]) = ("/nowhere/policy", "/nowhere/milter"));

        Assert.StartsWith("127.0.0.1:2/inet: ", (string?)listener.Finding("SettingSending")["write"]);
        Assert.Equal("127.0.0.1:2/inet: -o smtpd_milters=$mua_milters", (string?)listener.Finding("SettingMilter")["write"]);
        Assert.Contains("Sending:Socket", (string?)silent.Finding("PolicyServiceSilent")["place"]);
        Assert.Contains("Sending:Milter", (string?)silent.Finding("MilterSilent")["place"]);
    }

    [Fact]
    public async Task A_listener_for_scripts_at_which_Cyrus_does_not_say_whose_they_are_is_told()
    {
        var copy = host.Sandbox.Folder.CopyOfPostfix("etc-copy6");
        var master = Path.Combine(copy, "master.cf");
        await File.WriteAllTextAsync(
            master, (await File.ReadAllTextAsync(master)).Replace("  -o smtpd_milters=$sieve_milters\n", "", StringComparison.Ordinal));

        var result = await host.RunAsync(s => s["Maps"]!["ConfigDirectory"] = copy);

        Assert.Equal(
            $"127.0.0.1:{host.Sandbox.Ports.SieveSubmission}: -o smtpd_milters=$sieve_milters",
            (string?)result.Finding("SettingScripts")["write"]);
    }

    [Fact]
    public async Task A_missing_way_outside_and_a_filter_that_expands_twice_are_told()
    {
        var copy = host.Sandbox.Folder.CopyOfPostfix("etc-copy5");
        var master = Path.Combine(copy, "master.cf");
        var text = (await File.ReadAllTextAsync(master)).Replace("srs       unix", "away      unix", StringComparison.Ordinal);
        await File.WriteAllTextAsync(master, text + "127.0.0.1:1 inet n - n - - smtpd\n  -o content_filter=smtp:[127.0.0.1]:10024\n");

        var result = await host.RunAsync(s => s["Maps"]!["ConfigDirectory"] = copy);

        Assert.Contains("srs", (string?)result.Finding("TransportMissing")["text"]);
        result.Finding("FilterExpandsTwice");
    }

    [Fact]
    public async Task Few_places_for_mail_programs_a_server_with_old_TLS_and_a_silent_postsrsd_are_told()
    {
        var services = Path.Combine(Path.GetDirectoryName(host.Sandbox.Folder.CyrusSettings)!, "cyrus.conf");
        var copy = await host.Sandbox.Folder.WriteAsync(
            "cyrus.copy", (await File.ReadAllTextAsync(services)).Replace("maxchild=500", "maxchild=50", StringComparison.Ordinal));
        using var old = new OldTlsServer();

        var result = await host.RunAsync(s =>
        {
            s["Doctor"]!["CyrusConf"] = copy;
            s["Doctor"]!["Certificates"] = new JsonArray($"imaps://localhost:{old.Port}");
            s["Forwarding"]!["SrsForward"] = "127.0.0.1:1";
        });

        Assert.StartsWith(copy, (string?)result.Finding("ServicePlaces")["place"]);
        Assert.Contains("TLS 1.0", (string?)result.Finding("TlsOld")["text"]);
        Assert.Contains("127.0.0.1:1", (string?)result.Finding("SrsAway")["text"]);
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
