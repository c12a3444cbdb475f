using MailAdmin.Core.Secrets;

namespace MailAdmin.EndToEnd.Tests.Doctor;

/// <summary>Whether mail to the host itself is read, and what the servers may reach.</summary>
[Collection(DoctorCollection.Name)]
public sealed class DoctorAccessTests(DoctorHost host)
{
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
}
