using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Configuration;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks the settings of imapd.conf that mail depends on, if the file can be read from here.</summary>
internal sealed class ImapdSettingsCheck(DoctorOptions options, MailLayout layout) : Check("ImapdSettings")
{
    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => Task.FromResult(Find());

    private IReadOnlyList<Finding> Find()
    {
        if (ConfigFile.Imapd(options.ImapdConf) is not { } file) return [Finding.Unknown("FileUnreadable", options.ImapdConf)];
        var ours = ConfigFile.Of(ImapdConfiguration.Text(layout), ':');
        return
        [
            .. from rule in SettingRules.Imapd
               let wanted = ours[rule.Name]!.Value
               let actual = file[rule.Name]?.Value ?? rule.Default
               where !SettingRules.Fits(rule, wanted, actual)
               select new Finding(rule.Means, file.PlaceOf(rule.Name), $"{rule.Name}: {wanted}", rule.Name, actual ?? ""),
            .. from name in (file["admins"]?.Value ?? "").ToLowerInvariant()
                .Split((char[])[' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries)
               where Username.TryParse(name, out _) && !options.Administrators.Contains(name)
               select new Finding("AdministratorNotReserved", $"{options.SettingsFile}: Cyrus:Admins", $"\"{name}\"", name),
        ];
    }
}
