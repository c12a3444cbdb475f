using System.Globalization;
using MailAdmin.Core.Outbox;
using MailAdmin.Web.Features.Provisioning;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Provisioning;

internal static class JobTable
{
    public static void Write(CommandOutput output, IReadOnlyList<JobRow> jobs, TimeZoneInfo zone)
    {
        if (jobs.Count == 0) output.Line(ProvisioningTexts.None);
        else output.Table(
            [CommandTexts.Number, ProvisioningTexts.Subject, CommandTexts.What, SharedTexts.State, ProvisioningTexts.Attempts,
            ProvisioningTexts.NextTry, CommandTexts.Words], jobs.Select(t => Row(t, zone)));
    }

    private static string[] Row(JobRow job, TimeZoneInfo zone) =>
    [
        job.Id.ToString(CultureInfo.InvariantCulture), job.Subject
            ?? ProvisioningTexts.Gone, JobText.KindOf(job.Kind), JobText.PhaseOf(job.Phase), job.Attempts.Shown(),
        job.Phase == JobPhase.Running ? ProvisioningTexts.Now : TimeZoneInfo.ConvertTime(job.DueAt, zone)
            .ToString("s", CultureInfo.InvariantCulture), job.Error ?? "",
    ];
}
