using System.Text.Json.Nodes;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Doctor;

/// <summary>A setting that is wrong is named together with what has to stand there.</summary>
[Collection(DoctorCollection.Name)]
public sealed class DoctorConfigurationTests(DoctorHost host)
{
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
    public async Task The_hosters_own_milters_stand_behind_the_panels()
    {
        var copy = host.Sandbox.Folder.CopyOfPostfix("etc-copy7");
        await File.AppendAllTextAsync(Path.Combine(copy, "main.cf"), "non_smtpd_milters = inet:localhost:11332\n");

        var result = await host.RunAsync(s => s["Maps"]!["ConfigDirectory"] = copy);

        Assert.DoesNotContain(result.Wrong, check => check.Contains("SettingMilter", StringComparison.Ordinal)
            || check.Contains("SettingScripts", StringComparison.Ordinal));
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
}
