using System.Diagnostics;
using MailAdmin.Sandbox;

namespace MailAdmin.Benchmarks.Servers;

/// <summary>Runs only postmap, as a person would.</summary>
internal static class RawMap
{
    /// <summary>Runs <c>postmap -i -r</c> with one line, for a map in the sandbox's folder.</summary>
    public static async Task ChangeAsync(MailSandbox sandbox, string map, string line)
    {
        using var postmap = Start(sandbox, ["-i", "-r", $"lmdb:{sandbox.Folder.Maps}/{map}"]);
        await postmap.StandardInput.WriteLineAsync(line);
        postmap.StandardInput.Close();
        await EndAsync(postmap);
    }

    /// <summary>Compiles a map again from its text file.</summary>
    public static async Task CompileAsync(MailSandbox sandbox, string map)
    {
        using var postmap = Start(sandbox, [$"lmdb:{sandbox.Folder.Maps}/{map}"]);
        await EndAsync(postmap);
    }

    /// <summary>Makes the follower find a map that it has to rebuild the next time it looks.</summary>
    public static async Task ForgetPositionAsync(MailSandbox sandbox, string map)
    {
        using var postmap = Start(sandbox, ["-d", "!sequence", $"lmdb:{sandbox.Folder.Maps}/{map}"]);
        await EndAsync(postmap);
    }

    private static Process Start(MailSandbox sandbox, string[] arguments)
    {
        var start = new ProcessStartInfo(
            "postmap", ["-c", sandbox.Postfix.ConfigurationPath, .. arguments])
        { UseShellExecute = false, RedirectStandardInput = true };
        return Process.Start(start)!;
    }

    private static async Task EndAsync(Process postmap)
    {
        await postmap.WaitForExitAsync();
        if (postmap.ExitCode != 0) throw new InvalidOperationException($"postmap ended with {postmap.ExitCode}.");
    }
}
