using MailAdmin.Provisioning.Processes;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox.Packages;

/// <summary>Makes sure that the servers' packages are installed.</summary>
internal sealed class DebianPackages(IReadOnlyList<string> names)
{
    // Keeps two test runs from calling apt-get concurrently.
    private const string LockPath = "/run/lock/mailadmin-sandbox-packages.lock";

    private static readonly TimeSpan LongestInstallation = TimeSpan.FromMinutes(30);

    public static DebianPackages Needed { get; } = new(
        ["cyrus-imapd", "cyrus-pop3d", "cyrus-admin", "cyrus-clients", "postfix", "postfix-lmdb", "postsrsd", "libsasl2-modules", "swaks"]);

    /// <summary>Installs missing packages if run as root.</summary>
    /// <exception cref="SandboxException">Packages are missing; the message contains the command to run.</exception>
    public async Task EnsureAsync(bool isRoot, Action<string> report, CancellationToken cancellationToken)
    {
        if (await MissingAsync(cancellationToken) is []) return;

        using var turn = isRoot ? await FileLock.TakeAsync(LockPath, cancellationToken) : null;
        if (await MissingAsync(cancellationToken) is not [_, ..] missing) return; // another sandbox did it while we waited

        var command = InstallCommand(missing);
        if (!isRoot) throw new SandboxException($"Debian packages are missing. Run this first:\n    sudo sh -c '{command}'");
        report($"Installing {string.Join(", ", missing)} …");
        // The installation is not cancelled, because dpkg would have to be repaired by hand.
        await Tool.RunAsync("sh", ["-c", command], CancellationToken.None, LongestInstallation);
    }

    // Waits for other installations that are running (DPkg::Lock::Timeout).
    public static string InstallCommand(IEnumerable<string> missing) =>
        $"apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -q -y --no-install-recommends {string.Join(' ', missing)}";

    private async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        try
        {
            // dpkg-query fails if one of the packages was never installed, but still lists the others.
            var listed = await CommandRunner.RunAsync(
                new("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\n", .. names]), cancellationToken);
            var installed = listed.Output.Split('\n').ToHashSet(StringComparer.Ordinal);
            return [.. names.Where(name => !installed.Contains($"{name} installed"))];
        }
        catch (CommandException e)
        {
            throw new SandboxException(
                "The sandbox uses Debian's packages of Cyrus and Postfix and needs Debian 12: dpkg-query was not found.", e);
        }
    }
}
