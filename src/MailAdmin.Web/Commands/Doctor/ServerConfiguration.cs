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
        var files = ConfigurationFiles.Of(layout);
        output.Report(new { files = files.Select(f => new { f.Path, f.Text }) }, () =>
        {
            foreach (var file in files) output.Line($"##### {file.Path}\n{file.Text}");
        });
        return ExitCode.Fine;
    }
}
