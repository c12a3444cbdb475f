using System.Globalization;
using MailAdmin.Core.Outbox;
using MailAdmin.Web.Features.Provisioning;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Provisioning;

internal static class TaskTable
{
    public static void Write(CommandOutput output, IReadOnlyList<TaskRow> tasks, TimeZoneInfo zone)
    {
        if (tasks.Count == 0) output.Line(ProvisioningTexts.None);
        else output.Table(
            [CommandTexts.Number, ProvisioningTexts.Subject, CommandTexts.What, SharedTexts.State, ProvisioningTexts.Attempts,
            ProvisioningTexts.NextTry, CommandTexts.Words], tasks.Select(t => Row(t, zone)));
    }

    private static string[] Row(TaskRow task, TimeZoneInfo zone) =>
    [
        task.Id.ToString(CultureInfo.InvariantCulture), task.Subject
            ?? ProvisioningTexts.Gone, TaskText.KindOf(task.Kind), TaskText.PhaseOf(task.Phase), task.Attempts.Shown(),
        task.Phase == TaskPhase.Running ? ProvisioningTexts.Now : TimeZoneInfo.ConvertTime(task.DueAt, zone)
            .ToString("s", CultureInfo.InvariantCulture), task.Error ?? "",
    ];
}
