using System.Text;

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>Finds processes by anything that names a folder, other than by what the sandbox itself looks for.</summary>
internal static class RunningProcesses
{
    public static IReadOnlyList<string> Of(string folder) =>
        [.. Directory.EnumerateDirectories("/proc").Where(path => char.IsDigit(Path.GetFileName(path)[0])).Select(Describe)
            .Where(text => text.Contains(folder))];

    private static string Describe(string process)
    {
        try
        {
            // One that has ended but was not yet waited for has no command line left, and does nothing any more.
            var command = Encoding.UTF8.GetString(File.ReadAllBytes(process + "/cmdline")).Replace('\0', ' ');
            return $"{command} in {File.ResolveLinkTarget(process + "/cwd", returnFinalTarget: false)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
