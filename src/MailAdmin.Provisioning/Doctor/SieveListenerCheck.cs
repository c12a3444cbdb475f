using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks the listener that imapd.conf names for scripts' mail: it accepts Cyrus' statement of the script's owner, and it asks the milter.
/// </summary>
internal sealed class SieveListenerCheck(MapOptions maps, DoctorOptions options, MailLayout layout) : Check("SieveListener")
{
    private const string List = "sieve_milters";

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (ConfigFile.Imapd(options.ImapdConf) is not { } imapd) return [Finding.Unknown("FileUnreadable", options.ImapdConf)];
        // Without smtp_host mail takes another way, which the check of imapd.conf reports.
        if (imapd["smtp_host"]?.Value is not { } host) return [];
        var (services, own) = (
            await maps.PostconfAsync(["-M"], cancellationToken), await maps.PostconfAsync(["-x", "-P"], cancellationToken));
        var place = Path.Combine(PostfixTools.FolderOf(maps), "master.cf");
        if (services.ExitCode != 0) return [new("PostconfFailed", place, null, services.Error)];
        // The listener may belong to another host's Postfix.
        if (ListenerAt(services.Output, host) is not { } listener) return [Finding.Unknown("SieveListenerElsewhere", host)];
        return [.. Findings(listener, ConfigFile.Of(own.Output, '='), place)];
    }

    private IEnumerable<Finding> Findings(string listener, ConfigFile own, string place)
    {
        var milters = ConfigFile.Of(MainConfiguration.Text(layout), '=')[List]!.Value;
        (string, string, string)[] settings = [("smtpd_sasl_auth_enable", "yes", "yes"), ("smtpd_tls_auth_only", "no", "no"),
            ("smtpd_milters", milters, "$" + List)];
        foreach (var (setting, wanted, write) in settings)
        {
            var actual = own[$"{listener}/inet/{setting}"]?.Value;
            if (!SettingRules.Fits(new(setting, "SettingScripts", IsList: true), wanted, actual))
                yield return new("SettingScripts", place, $"{listener}: -o {setting}={write}", setting, actual ?? "");
        }
    }

    // "127.0.0.1:10587 inet n - n - - smtpd": match the port only, since the address may be spelt in several ways.
    private static string? ListenerAt(string services, string host)
    {
        var port = host[(host.LastIndexOf(':') + 1)..];
        return services.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(l => l is [_, "inet", ..])
            .Select(l => l[0]).FirstOrDefault(n => n[(n.LastIndexOf(':') + 1)..] == port);
    }
}
