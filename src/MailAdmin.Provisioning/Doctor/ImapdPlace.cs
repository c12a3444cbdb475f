namespace MailAdmin.Provisioning.Doctor;

/// <summary>The place of a Cyrus setting, as far as imapd.conf can be read from here.</summary>
internal static class ImapdPlace
{
    public static string Of(DoctorOptions options, string setting) =>
        ConfigFile.Imapd(options.ImapdConf)?.PlaceOf(setting) ?? options.ImapdConf;
}
