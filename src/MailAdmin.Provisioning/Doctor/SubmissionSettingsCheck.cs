using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks every listener on which users sign in: it has to use the map of accounts that may not send, the policy service, which decides
/// what an open session may still do, and the milter, which checks From:. postconf expands all names in the values, so that an admin's own
/// lists count.
/// </summary>
internal sealed class SubmissionSettingsCheck(MapOptions maps, MailLayout layout) : Check("SubmissionSettings")
{
    private const string RelayRestrictions = "smtpd_relay_restrictions";

    private static readonly (string Setting, string List, string Means)[] Lists =
    [
        ("smtpd_sender_restrictions", "mua_sender_restrictions", "SettingSending"),
        ("smtpd_data_restrictions", "mua_data_restrictions", "SettingSending"),
        ("smtpd_milters", "mua_milters", "SettingMilter"),
    ];

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var (services, main) = (
            await maps.PostconfAsync(["-x", "-P"], cancellationToken),
            await maps.PostconfAsync(["-x", RelayRestrictions, .. Lists.Select(l => l.Setting)], cancellationToken));
        var folder = PostfixTools.FolderOf(maps);
        if (services.ExitCode != 0) return [new("PostconfFailed", folder, null, services.Error)];
        var (own, common) = (ConfigFile.Of(services.Output, '='), ConfigFile.Of(main.Output, '='));
        var wanted = ConfigFile.Of(MainConfiguration.Text(layout), '=');
        return
        [
            .. from listener in Listeners(own, services.Output, common[RelayRestrictions]?.Value)
               from list in Lists
               let actual = own[$"{listener}/{list.Setting}"]?.Value ?? common[list.Setting]?.Value ?? ""
               where !SettingRules.Fits(new(list.Setting, list.Means, IsList: true), wanted[list.List]!.Value, actual)
               select new Finding(
                   list.Means, Path.Combine(folder, "master.cf"), $"{listener}: -o {list.Setting}=${list.List}", list.Setting, actual),
        ];
    }

    // "smtps/inet/smtpd_sasl_auth_enable = yes". A listener on which a sign-in gives no right to relay is not for users: it is Cyrus'
    // listener.
    private static IEnumerable<string> Listeners(ConfigFile own, string services, string? relay) =>
        from line in services.Split('\n')
        let parts = line.Split('=', StringSplitOptions.TrimEntries)
        where parts is [_, "yes"] && parts[0].EndsWith("/smtpd_sasl_auth_enable", StringComparison.Ordinal)
        let listener = parts[0][..parts[0].LastIndexOf('/')]
        where (own[$"{listener}/{RelayRestrictions}"]?.Value ?? relay)?.Contains(
            "permit_sasl_authenticated", StringComparison.Ordinal) is not false
        select listener;
}
