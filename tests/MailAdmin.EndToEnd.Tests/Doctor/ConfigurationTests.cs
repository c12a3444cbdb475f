using System.Diagnostics;

namespace MailAdmin.EndToEnd.Tests.Doctor;

/// <summary><c>mailadmin doctor --configuration</c> prints the settings with which the sandbox itself runs.</summary>
public sealed class ConfigurationTests(DoctorHost host) : IClassFixture<DoctorHost>
{
    // These settings differ between installations: paths and ports.
    private static readonly string[] Places = ["configdirectory", "partition-default", "sievedir", "tls_server_cert", "tls_server_key",
        "smtp_host", "proc_path", "mboxname_lockpath", "idlesocket", "notifysocket", "smtpd_tls_cert_file", "smtpd_tls_key_file",
        "imappanel_allowplaintext", "sievepanel_allowplaintext"];

    [Fact]
    public async Task Every_setting_of_it_is_in_the_sandbox_with_the_same_value()
    {
        var files = await FilesAsync();

        foreach (
            var (printed, own) in new[] { (files["imapd.conf"], host.Sandbox.Folder.CyrusSettings),
            (files["main.cf"], Path.Combine(host.Sandbox.Folder.PostfixConfiguration, "main.cf")) })
        {
            var there = await File.ReadAllLinesAsync(own);
            var wanted = printed.Split('\n').Where(l => !Places.Any(p => l.StartsWith(p, StringComparison.Ordinal))).ToList();
            Assert.True(wanted.Count > 30);
            Assert.Empty(wanted.Except(there));
        }
    }

    [Fact]
    public async Task Postfix_and_Cyrus_read_it_without_a_complaint()
    {
        var files = await FilesAsync();
        var folder = Directory.CreateDirectory(host.Sandbox.Folder.In("printed")).FullName;
        foreach (var (name, text) in files) await File.WriteAllTextAsync(Path.Combine(folder, name), text);

        Assert.Equal((0, ""), await RunAsync("/usr/sbin/postconf", "-c", folder, "-n"));
        Assert.Equal((0, ""), await RunAsync("/usr/sbin/postconf", "-c", folder, "-M"));
        Assert.Equal(
            (0, ""), await RunAsync(
                "/usr/lib/cyrus/bin/cyr_info", "-C", Path.Combine(folder, "imapd.conf"), "-M", Path.Combine(folder, "cyrus.conf"),
                "conf-lint"));
    }

    private async Task<Dictionary<string, string>> FilesAsync()
    {
        var told = await host.RunAsync(null, "--configuration");
        return told.Json["files"]!.AsArray()
            .ToDictionary(f => Path.GetFileName((string)f!["path"]!), f => (string)f!["text"]!, StringComparer.Ordinal);
    }

    private static async Task<(int ExitCode, string Complaints)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                program, arguments)
            { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        // Cyrus 3.6 of Debian 12 has STARTTLS always on, and no setting for it.
        var complaints = arguments[^1] == "conf-lint" ? (await output).Replace("allowstarttls: yes\n", "", StringComparison.Ordinal) : "";
        return (process.ExitCode, await errors + complaints);
    }
}
