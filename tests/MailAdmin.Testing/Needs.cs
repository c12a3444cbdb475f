using System.Diagnostics;

namespace MailAdmin.Testing;

/// <summary>
/// What a test needs on this machine. A test without it fails, because a skipped test says nothing about the code and is easily overlooked.
/// </summary>
public static class Needs
{
    private const string Install = """
        [ -e "$0" ] || { apt-get update -q && DEBIAN_FRONTEND=noninteractive \
            apt-get -o DPkg::Lock::Timeout=300 install -q -y --no-install-recommends "$1"; }
        """;

    /// <exception cref="InvalidOperationException">The tests don't run as root.</exception>
    public static void Root()
    {
        if (!Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("This test starts programs as other users, so it has to run as root: sudo dotnet test");
    }

    /// <param name="program">The path of a program that the package installs.</param>
    /// <param name="package">The Debian package.</param>
    /// <exception cref="InvalidOperationException">The program is missing.</exception>
    public static void Program(string program, string package)
    {
        if (!File.Exists(program))
            throw new InvalidOperationException($"This test needs {program}: apt-get install {package}");
    }

    /// <summary>Installs the package if the program is missing, as the sandbox does with its own.</summary>
    /// <inheritdoc cref="Program(string, string)"/>
    public static async Task InstalledAsync(string program, string package)
    {
        if (!File.Exists(program) && Environment.IsPrivilegedProcess)
        {
            // The lock keeps two test projects from calling apt-get at once.
            string[] arguments = ["/run/lock/mailadmin-sandbox-packages.lock", "sh", "-c", Install, program, package];
            var start = new ProcessStartInfo("flock", arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
        }
        Program(program, package);
    }
}
