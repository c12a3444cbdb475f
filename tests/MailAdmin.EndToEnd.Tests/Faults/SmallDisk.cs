using System.Diagnostics;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>Puts a folder on a small disk of its own (tmpfs), which can be filled.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Moves the contents of the folder to the disk. A process that has the folder open has to be stopped before.</summary>
    public static async Task<SmallDisk> UnderAsync(string folder, int spareMegabytes)
    {
        var copy = Directory.CreateTempSubdirectory("mailadmin-disk-").FullName;
        await RunAsync("cp", "-a", folder + "/.", copy);
        var kilobytes = (Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length) / 1024) + (
            spareMegabytes * 1024);
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k,mode=0755", "tmpfs", folder);
        await RunAsync("cp", "-a", copy + "/.", folder);
        Directory.Delete(copy, recursive: true);
        return new(folder);
    }

    /// <summary>Fills the disk.</summary>
    public void Fill()
    {
        using var file = File.Create(Filler);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            // The disk is full, as intended.
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync() => await RunAsync("umount", "--lazy", _folder);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var words = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {words}");
    }
}
