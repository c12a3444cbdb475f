using System.Diagnostics;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>Makes a folder read-only even to root, as a failing disk or a full quota would.</summary>
internal static class ReadOnly
{
    public static async Task MountAsync(string folder)
    {
        await RunAsync("mount", "--bind", folder, folder);
        await RunAsync("mount", "-o", "remount,ro,bind", folder);
    }

    // Whoever has a map open keeps the mount busy: detached, it goes when they close it.
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
