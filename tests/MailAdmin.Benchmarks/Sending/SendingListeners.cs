using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailAdmin.Sandbox;

namespace MailAdmin.Benchmarks.Sending;

/// <summary>
/// Ports of one Postfix that accept users' mail over TLS, like 465. They ask both services of the panel about it, one of them, or none.
/// </summary>
internal sealed partial record SendingListeners(int Both, int PolicyAlone, int MilterAlone, int Neither)
{
    // The ports are in the sandbox's own hundred, after those that it uses.
    private const int FirstOffset = 70;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task<SendingListeners> AddAsync(MailSandbox sandbox)
    {
        var first = (sandbox.Ports.Smtps / 100 * 100) + FirstOffset;
        var ports = new SendingListeners(sandbox.Ports.Smtps, first, first + 1, first + 2);
        var folder = sandbox.Folder.PostfixConfiguration;
        var (main, master) = (Path.Combine(folder, "main.cf"), Path.Combine(folder, "master.cf"));
        await File.AppendAllTextAsync(main, WithoutPolicy(await File.ReadAllTextAsync(main)));
        var service = Service().Match(await File.ReadAllTextAsync(master)).Value;
        var silent = service.Replace("$mua_sender_restrictions", "$silent_sender_restrictions", StringComparison.Ordinal)
            .Replace("$mua_data_restrictions", "", StringComparison.Ordinal);
        await File.AppendAllTextAsync(
            master, At(ports.PolicyAlone, WithoutMilter(service)) + At(ports.MilterAlone, silent) + At(
                ports.Neither, WithoutMilter(silent)));
        using var reload = Process.Start("postfix", ["-c", folder, "reload"]);
        await reload.WaitForExitAsync();
        await OpenAsync(ports.Neither);
        return ports;

        string At(int port, string text) =>
            text.Replace(
                sandbox.Ports.Smtps.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{port}", StringComparison.Ordinal);
    }

    // Waits for the last of the ports; Postfix opens them some time after the reload.
    private static async Task OpenAsync(int port)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (watch.Elapsed < Deadline)
            {
                // not yet
            }
        }
    }

    private static string WithoutMilter(string service) => service.Replace("$mua_milters", "", StringComparison.Ordinal);

    // A lookup that costs nothing takes the place of the policy service in the list.
    private static string WithoutPolicy(string main)
    {
        var restrictions = Restrictions().Match(main).Value;
        return "\n" + Question().Replace(restrictions, "check_sender_access static:DUNNO")
            .Replace("mua_sender", "silent_sender", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"check_policy_service \{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Question();

    [GeneratedRegex(@"^mua_sender_restrictions =.*\n(\s+.*\n)*", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Restrictions();

    [GeneratedRegex(
        @"^\S*\d+ inet .*\n\s+-o syslog_name=postfix/smtps\n(\s+-o .*\n)*", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Service();
}
