using System.Diagnostics;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>Makes a folder read-only even for root, like a failing disk or a full quota.</summary>
internal static class ReadOnly
{
    public static async Task MountAsync(string folder)
    {
        await RunAsync("mount", "--bind", folder, folder);
        await RunAsync("mount", "-o", "remount,ro,bind", folder);
    }

    // A process that has a map open keeps the mount busy. The mount is detached, and goes when the process closes the map.
    public static Task UnmountAsync(string folder) => RunAsync("umount", "--lazy", folder);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var words = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {words}");
    }
}
