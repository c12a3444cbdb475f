namespace MailAdmin.Provisioning.Configuration;

/// <summary>A file of Cyrus, Postfix or postsrsd as it has to be.</summary>
public sealed record ConfigurationFile(string Path, string Text);

/// <summary>
/// All files of both servers for one installation: what <c>mailadmin doctor --configuration</c> prints and <c>mailadmin install</c> writes.
/// </summary>
public static class ConfigurationFiles
{
    public const string Imapd = "/etc/imapd.conf";
    public const string Cyrus = "/etc/cyrus.conf";
    public const string Main = "/etc/postfix/main.cf";
    public const string Master = "/etc/postfix/master.cf";
    public const string Sasl = "/etc/postfix/sasl/smtpd.conf";
    public const string Postsrsd = "/etc/default/postsrsd";

    public static IReadOnlyList<ConfigurationFile> Of(MailLayout layout) =>
    [
        new(layout.CyrusSettings, ImapdConfiguration.Text(layout)),
        new(Cyrus, CyrusServicesConfiguration.Text(layout)),
        new(Main, MainConfiguration.Text(layout)),
        new(Master, MasterConfiguration.Text(layout)),
        new(Sasl, MainConfiguration.Sasl(layout)),
        new(Postsrsd, ForwardingConfiguration.Postsrsd(layout)),
    ];
}
