using MailAdmin.Provisioning.Configuration;

namespace MailAdmin.Web.Commands.Doctor;

/// <summary>
/// Prints the whole configuration of both servers for this installation: the same text that the sandbox runs on, with this installation's
/// names.
/// </summary>
internal static class ServerConfiguration
{
    public static ExitCode Write(CommandOutput output, MailLayout layout)
    {
        var files = new (string Path, string Text)[]
        {
            (layout.CyrusSettings, ImapdConfiguration.Text(layout)),
            ("/etc/cyrus.conf", CyrusServicesConfiguration.Text(layout)),
            ("/etc/postfix/main.cf", MainConfiguration.Text(layout)),
            ("/etc/postfix/master.cf", MasterConfiguration.Text(layout)),
            ("/etc/postfix/sasl/smtpd.conf", MainConfiguration.Sasl(layout)),
            ("/etc/default/postsrsd", ForwardingConfiguration.Postsrsd(layout)),
        };
        output.Report(new { files = files.Select(f => new { f.Path, f.Text }) }, () =>
        {
            foreach (var (path, text) in files) output.Line($"##### {path}\n{text}");
        });
        return ExitCode.Fine;
    }
}
