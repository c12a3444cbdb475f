using System.Globalization;
using MailAdmin.Core.Outbox;
using MailAdmin.Web.Features.Provisioning;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Provisioning;

internal static class TaskTable
{
    public static void Write(CommandOutput output, IReadOnlyList<TaskRow> tasks)
    {
        if (tasks.Count == 0) output.Line(ProvisioningTexts.None);
        else output.Table([CommandTexts.Number, ProvisioningTexts.Subject, CommandTexts.What, SharedTexts.State, ProvisioningTexts.Attempts, ProvisioningTexts.NextTry, CommandTexts.Words], tasks.Select(Row));
    }

    private static string[] Row(TaskRow task) =>
    [
        task.Id.ToString(CultureInfo.InvariantCulture), task.Subject ?? ProvisioningTexts.Gone, TaskText.KindOf(task.Kind), TaskText.PhaseOf(task.Phase), task.Attempts.Shown(),
        task.Phase == TaskPhase.Running ? ProvisioningTexts.Now : task.DueAt.LocalDateTime.ToString("s", CultureInfo.InvariantCulture), task.Error ?? "",
    ];
}
