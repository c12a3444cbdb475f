using System.CommandLine;
using MailAdmin.Core.Data;
using MailAdmin.Provisioning.Doctor;
using MailAdmin.Provisioning.Installation;
using MailAdmin.Web.Commands.Doctor;
using MailAdmin.Web.Commands.Setup;
using MailAdmin.Web.Features.Doctor;

namespace MailAdmin.Web.Commands.Install;

/// <summary>What <c>mailadmin install</c> tells: the changes before, the doctor's report and the set-up link after.</summary>
internal static class InstallReport
{
    // These don't pass by waiting: the certificate is right until a real one comes, and a host may have no resolver yet.
    private static readonly string[] Lasting = ["CertificateSelfMade", "ResolverFailed", "ResolverSilent"];

    private static readonly TimeSpan Check = TimeSpan.FromSeconds(30);

    // The panel makes its database and the maps, and Cyrus its own.
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static void Show(CommandOutput output, SystemRoot root, InstallPlan plan, bool isDryRun)
    {
        var memberships = plan.Memberships.Select(m => InstallTexts.FormatMembership(m.User, m.Group)).ToList();
        output.Report(
            new
            {
                dryRun = isDryRun,
                files = plan.Files.Select(f => new { f.Path, diff = f.Diff(root) }),
                memberships = plan.Memberships,
                maps = plan.NewMaps.Select(m => m.File),
            },
            () =>
            {
                if (plan.IsEmpty) output.Line(InstallTexts.NothingDiffers, "green");
                foreach (var line in plan.Files.SelectMany(f => f.Diff(root).Split('\n', StringSplitOptions.RemoveEmptyEntries)))
                    output.Line(line, line[0] switch { '+' => "green", '-' => "red", '@' => "blue", _ => null });
                foreach (var membership in memberships) output.Line(membership);
                foreach (var map in plan.NewMaps) output.Line(InstallTexts.FormatNewMap(map.File));
            });
    }

    /// <summary>Runs the doctor on the new installation, and prints the link for the first superuser.</summary>
    public static async Task FinishAsync(ParseResult parsed, CommandOutput output, bool areStarted, CancellationToken cancellationToken)
    {
        using var host = CommandServices.Build(CommandOptions.DefaultSettings);
        await host.Services.GetRequiredService<DatabasePreparation>().RunAsync(cancellationToken);
        var run = new CommandRun(parsed, host.Services, output, cancellationToken);
        var reports = areStarted ? await HealthyAsync(run.Get<ServerDoctor>(), cancellationToken) : [];
        var link = await SetupLinkCommand.LinkAsync(run);
        output.Report(
            new
            {
                installed = true,
                link,
                failed = reports.Where(r => r.State == CheckState.Failed).Select(r => r.Name),
            },
            () =>
            {
                foreach (var report in reports.Where(r => r.State == CheckState.Failed))
                    DoctorCommand.Tell(output, report, TimeZoneInfo.Local);
                if (areStarted) output.Line(DoctorText.Summary(reports));
                output.Line(link is null ? InstallTexts.Done : InstallTexts.FormatDoneWithLink(link), "green");
            });
    }

    // The doctor may come before the servers have started: what it finds counts once it stays.
    private static async Task<IReadOnlyList<CheckReport>> HealthyAsync(ServerDoctor doctor, CancellationToken cancellationToken)
    {
        var end = TimeProvider.System.GetTimestamp() + (long)(Start.TotalSeconds * TimeProvider.System.TimestampFrequency);
        for (; ; )
        {
            var reports = await doctor.RunAllAsync(Check, cancellationToken);
            var isHealthy = reports.All(r => r.Findings.All(f => f.IsUnknown || Lasting.Contains(f.Code, StringComparer.Ordinal)));
            if (isHealthy || TimeProvider.System.GetTimestamp() > end) return reports;
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
