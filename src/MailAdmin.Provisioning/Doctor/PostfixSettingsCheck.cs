using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks the Postfix settings that mail depends on. postconf reads them, so that defaults and included files count.</summary>
internal sealed class PostfixSettingsCheck(MapOptions maps, MailLayout layout) : Check("PostfixSettings")
{
    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = PostfixTools.FolderOf(maps);
        var told = await maps.PostconfAsync([.. SettingRules.Main.Select(r => r.Name)], cancellationToken);
        if (told.ExitCode != 0) return [new("PostconfFailed", folder, null, told.Error)];
        var (ours, actual) = (ConfigFile.Of(MainConfiguration.Text(layout), '='), ConfigFile.Of(told.Output, '='));
        var file = ConfigFile.Main(Path.Combine(folder, "main.cf"));
        var findings =
            from rule in SettingRules.Main
            let wanted = ours[rule.Name]!.Value
            let value = actual[rule.Name]?.Value
            where !SettingRules.Fits(rule, wanted, value)
            select new Finding(
                rule.Means, file?.PlaceOf(rule.Name) ?? Path.Combine(folder, "main.cf"), $"{rule.Name} = {wanted}", rule.Name, value ?? "");
        return [.. findings, .. await ServicesAsync(folder, cancellationToken)];
    }

    // A service's own options in master.cf override main.cf.
    private async Task<IEnumerable<Finding>> ServicesAsync(string folder, CancellationToken cancellationToken)
    {
        var place = Path.Combine(folder, "master.cf");
        var (own, services) = (
            await maps.PostconfAsync(["-x", "-P"], cancellationToken), await maps.PostconfAsync(["-M"], cancellationToken));
        var lines = own.Output.Split('\n', StringSplitOptions.TrimEntries).Select(l => l.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(l => l.Length == 2).ToList();
        return
        [
            .. Replaced(lines, place),
            .. lines.Where(l => l[0] == $"{Store}/unix/soft_bounce" && l[1] == "yes")
                .Select(l => new Finding("SettingBounces", place, null, l[0], l[1])),
            .. await FilterAsync(lines, place, cancellationToken),
            .. from name in (string[])[Store, "srs"]
               where !services.Output.Split('\n')
                   .Any(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var n, "unix", ..] && n == name)
               select new Finding("TransportMissing", place, $"{name} unix - - n - - {(name == Store ? "lmtp" : "smtp")}", name),
        ];
    }

    // After a content filter, mail that comes back is expanded a second time, and its recipients in the store's domain are refused. One of
    // the two sides has to skip the expansion.
    private async Task<IEnumerable<Finding>> FilterAsync(IReadOnlyList<string[]> lines, string place, CancellationToken cancellationToken)
    {
        var main = await maps.PostconfAsync(["-h", "content_filter", "receive_override_options"], cancellationToken);
        var (filter, overrides) = main.Output.Split('\n') is [var f, var o, ..] ? (f.Trim(), o) : ("", "");
        var filters = lines.Where(l => l[0].EndsWith("/content_filter", StringComparison.Ordinal)).Select(l => l[1]).Append(filter)
            .Where(v => v.Length > 0).ToList();
        var isOnce = lines.Where(l => l[0].EndsWith("/receive_override_options", StringComparison.Ordinal)).Select(l => l[1])
            .Append(overrides)
            .Any(v => v.Contains("no_address_mappings", StringComparison.Ordinal));
        return filters.Count > 0 && !isOnce
            ? [new("FilterExpandsTwice", place, "-o receive_override_options=no_address_mappings", filters[0])] : [];
    }

    private string Store => layout.NextHop.Split(':')[0];

    private IEnumerable<Finding> Replaced(IReadOnlyList<string[]> lines, string place)
    {
        var rule = SettingRules.Main.Single(r => r.Name == "smtpd_recipient_restrictions");
        var wanted = ConfigFile.Of(MainConfiguration.Text(layout), '=')[rule.Name]!.Value;
        return lines.Where(l => l[0].EndsWith("/" + rule.Name, StringComparison.Ordinal) && !SettingRules.Fits(rule, wanted, l[1]))
            .Select(l => new Finding(rule.Means, place, null, l[0], l[1]));
    }
}
