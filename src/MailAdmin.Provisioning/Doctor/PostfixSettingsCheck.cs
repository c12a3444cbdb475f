using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Postfix works with the settings that mail depends on: asked of postconf, so that defaults and included files count.</summary>
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
            select new Finding(rule.Means, file?.PlaceOf(rule.Name) ?? Path.Combine(folder, "main.cf"), $"{rule.Name} = {wanted}", rule.Name, value ?? "");
        return [.. findings, .. await ServicesAsync(folder, cancellationToken)];
    }

    // What a listener of master.cf says itself holds instead of main.cf; and the way to the store must never bounce.
    private async Task<IEnumerable<Finding>> ServicesAsync(string folder, CancellationToken cancellationToken)
    {
        var told = await maps.PostconfAsync(["-P"], cancellationToken);
        var place = Path.Combine(folder, "master.cf");
        var lines = told.Output.Split('\n', StringSplitOptions.TrimEntries);
        var replaced = lines.Where(l => l.Contains("/smtpd_recipient_restrictions", StringComparison.Ordinal)).Select(l => l.Split('=', 2))
            .Where(l => !SettingRules.Fits(SettingRules.Main.Single(r => r.Name == "smtpd_recipient_restrictions"), Wanted, l[^1]))
            .Select(l => new Finding("SettingRefused", place, null, l[0].Trim(), l[^1].Trim()));
        var store = layout.NextHop.Split(':')[0];
        var bounces = !lines.Any(l => l.Replace(" ", "", StringComparison.Ordinal) == $"{store}/unix/soft_bounce=yes");
        return bounces ? replaced.Append(new("StoreBounces", place, $"{store} unix - - n - - lmtp -o soft_bounce=yes", store)) : replaced;
    }

    private string Wanted => ConfigFile.Of(MainConfiguration.Text(layout), '=')["smtpd_recipient_restrictions"]!.Value;
}
