using System.Text;

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>Finds processes by any mention of a folder, in another way than the sandbox itself does.</summary>
internal static class RunningProcesses
{
    public static IReadOnlyList<string> Of(string folder) =>
        [.. Directory.EnumerateDirectories("/proc").Where(path => char.IsDigit(Path.GetFileName(path)[0])).Select(Describe)
            .Where(text => text.Contains(folder))];

    private static string Describe(string process)
    {
        try
        {
            // A process that has ended and was not yet waited for has no command line left, and no longer does anything.
            var command = Encoding.UTF8.GetString(File.ReadAllBytes(process + "/cmdline")).Replace('\0', ' ');
            return $"{command} in {File.ResolveLinkTarget(process + "/cwd", returnFinalTarget: false)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
