using System.Globalization;
using System.Text;

namespace MailAdmin.Sandbox.Processes;

/// <summary>
/// Finds the processes of one sandbox folder by an environment variable, which all processes of a daemon inherit. A pid file would list
/// only the leaders, and its ids may later belong to other programs.
/// </summary>
internal static class ProcessTable
{
    public const string Marker = "MAILADMIN_SANDBOX";

    // Postfix clears the environment of its children except for a few variables; this one contains the folder.
    private const string PostfixMarker = "MAIL_CONFIG";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    public static IReadOnlyList<int> BelongingTo(SandboxFolder folder)
    {
        string[] marks = [$"{Marker}={folder.Path}", $"{PostfixMarker}={folder.PostfixConfiguration}"];
        return [.. ProcessIds().Where(id => id != Environment.ProcessId && EnvironmentOf(id).Any(marks.Contains))];
    }

    /// <summary>Waits until the killed process group is gone, so that its ports and files are free.</summary>
    public static async Task WaitForGroupToEndAsync(int group)
    {
        using var deadline = new CancellationTokenSource(Grace);
        while (!deadline.IsCancellationRequested && IsGroupAlive(group))
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
    }

    /// <summary>Ends processes left behind by a sandbox that was killed before it could stop them.</summary>
    public static async Task ClearAsync(SandboxFolder folder, CancellationToken cancellationToken)
    {
        await EndAsync(folder, Signal.Terminate, cancellationToken);
        await EndAsync(folder, Signal.Kill, cancellationToken);
        if (BelongingTo(folder) is [var left, ..])
            throw new SandboxException(
                $"Process {left} of an earlier sandbox in {folder.Path} cannot be ended. Restart the machine, or choose another --folder.");
    }

    private static async Task EndAsync(SandboxFolder folder, Signal signal, CancellationToken cancellationToken)
    {
        var processes = BelongingTo(folder);
        foreach (var id in processes)
        {
            Signals.Send(id, Signal.Continue);
            Signals.Send(id, signal);
        }
        using var deadline = new CancellationTokenSource(Grace);
        while (!deadline.IsCancellationRequested && processes.Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            processes = BelongingTo(folder);
        }
    }

    private static IEnumerable<int> ProcessIds() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    // A zombie stays in the table until its parent waits for it, which the sandbox cannot do for a grandchild.
    private static bool IsGroupAlive(int group) => ProcessIds().Any(id =>
        Read(id, "stat") is { Length: > 0 } stat && stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is [not "Z", _, var member, ..]
        && member == group.ToString(CultureInfo.InvariantCulture));

    private static string[] EnvironmentOf(int id) => Read(id, "environ").Split('\0');

    private static string Read(int id, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // ended between the listing and the reading
        }
    }
}
