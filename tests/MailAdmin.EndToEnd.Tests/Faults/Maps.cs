using System.Diagnostics;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>The contents of a compiled map, read by the test itself.</summary>
internal static class Maps
{
    public static async Task<string> LookUpAsync(MailSandbox sandbox, string map, string key)
    {
        string[] arguments = ["-c", sandbox.Postfix.ConfigurationPath, "-q", key, $"lmdb:{Path.Combine(sandbox.Folder.Maps, map)}"];
        using var process = Process.Start(
            new ProcessStartInfo("/usr/sbin/postmap", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var value = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return value.Trim();
    }

    /// <summary>Writes a row without the panel, like somebody with a shell.</summary>
    public static async Task OverwriteAsync(MailSandbox sandbox, string map, string key, string value)
    {
        string[] arguments = ["-c", sandbox.Postfix.ConfigurationPath, "-i", "-r", $"lmdb:{Path.Combine(sandbox.Folder.Maps, map)}"];
        using var process = Process.Start(
            new ProcessStartInfo("/usr/sbin/postmap", arguments) { UseShellExecute = false, RedirectStandardInput = true })!;
        await process.StandardInput.WriteLineAsync($"{key} {value}");
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
