using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Installation;

/// <summary>Lets Postfix and Cyrus read their files, before they are restarted with them.</summary>
public static class ConfigurationLint
{
    private const string Postconf = "/usr/sbin/postconf";
    private const string CyrusInfo = "/usr/lib/cyrus/bin/cyr_info";

    // Postfix takes the last of two lines, so this is how the hoster's own settings replace the panel's.
    private const string SetTwice = ": overriding earlier entry: ";

    // Cyrus before 3.8.6 always offers STARTTLS, and has no such setting.
    private const string Newer = "allowstarttls:";

    /// <summary>What Postfix complains about. It would not start, or not do what the files say.</summary>
    /// <exception cref="CommandException">postconf can't be started.</exception>
    public static async Task<IReadOnlyList<string>> PostfixAsync(SystemRoot root, CancellationToken cancellationToken)
    {
        var folder = root.Of(Path.GetDirectoryName(ConfigurationFiles.Main)!);
        var results = new List<CommandResult>();
        foreach (var what in (string[])["-n", "-M"]) results.Add(await RunAsync([Postconf, "-c", folder, what], cancellationToken));
        return [.. results.SelectMany(r => Lines(r.Error)).Where(l => !l.Contains(SetTwice, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The settings that this version of Cyrus does not know; it ignores them.</summary>
    /// <exception cref="CommandException">cyr_info can't be started.</exception>
    public static async Task<IReadOnlyList<string>> CyrusAsync(SystemRoot root, CancellationToken cancellationToken)
    {
        if (!File.Exists(CyrusInfo)) return [];
        var result = await RunAsync(
            [CyrusInfo, "-C", root.Of(ConfigurationFiles.Imapd), "-M", root.Of(ConfigurationFiles.Cyrus), "conf-lint"], cancellationToken);
        return [.. Lines(result.Output).Where(l => !l.StartsWith(Newer, StringComparison.Ordinal)), .. Lines(result.Error)];
    }

    private static Task<CommandResult> RunAsync(string[] command, CancellationToken cancellationToken) =>
        CommandRunner.RunAsync(new(command[0], command[1..]), cancellationToken);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
