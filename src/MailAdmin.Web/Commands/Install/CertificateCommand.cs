using System.CommandLine;
using MailAdmin.Core.Secrets;
using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Installation;

namespace MailAdmin.Web.Commands.Install;

/// <summary>
/// <c>mailadmin certificate CERTIFICATE KEY</c>: gives Cyrus, Postfix and nginx a certificate, also after each renewal. It looks first
/// whether they can use it, because a wrong one ends TLS for everybody.
/// </summary>
internal sealed class CertificateCommand : PanelCommand
{
    private readonly Argument<string> _certificate = new("CERTIFICATE") { Description = InstallTexts.OptionCertificate };
    private readonly Argument<string> _key = new("KEY") { Description = InstallTexts.OptionKey };

    public CertificateCommand() : base("certificate", InstallTexts.CertificateCommand)
    {
        Arguments.Add(_certificate);
        Arguments.Add(_key);
        Options.Add(CommandOptions.DryRun);
    }

    public override DatabaseNeed Needs => DatabaseNeed.None;

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (!Environment.IsPrivilegedProcess) return Refused(run, new("NotRoot"));
        var (layout, root, clock) = (run.Get<MailLayout>(), SystemRoot.Running, run.Get<TimeProvider>());
        var (certificate, key) = (Path.GetFullPath(run.Arguments.GetValue(_certificate)!), Path.GetFullPath(run.Arguments.GetValue(_key)!));
        var (pair, wrong) = CertificatePair.Read(certificate, key, layout.Hostname, clock.GetUtcNow());
        if (pair is null) return Refused(run, wrong!);
        var files = new InstallSecrets(root, UnixAccounts.Read(root), clock).Files(pair, layout.Certificate, layout.CertificateKey);
        var isNew = files.Any(f => f.Changes(root));
        if (isNew && !run.IsDryRun)
        {
            // Cyrus and Postfix refuse a certificate whose key is another, and read both when a connection begins.
            FileWriter.WriteTogether([.. files.Select(f => (root.Of(f.Path), f.Content!, f.NewMode, f.NewOwner))]);
            var services = new ServerServices(root);
            if (services.CanRestart) await services.TakeCertificateAsync(run.CancellationToken);
        }
        run.Output.Report(
            new { dryRun = run.IsDryRun, changed = isNew },
            () => run.Output.Line(isNew ? InstallTexts.FormatCertificateTaken(layout.Hostname) : InstallTexts.NothingDiffers));
        return ExitCode.Fine;
    }

    private static ExitCode Refused(CommandRun run, Obstacle obstacle)
    {
        run.Output.Error(InstallText.Of(obstacle));
        return ExitCode.Findings;
    }
}
