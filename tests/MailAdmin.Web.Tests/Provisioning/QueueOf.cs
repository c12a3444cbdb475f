using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Provisioning;

/// <summary>Puts the outbox into the state in which workers would have left it.</summary>
internal static class QueueOf
{
    /// <summary>Changes the jobs as if a server had answered NO.</summary>
    public static Task RefuseAsync(this PanelApplication panel, string words) => panel.ChangeJobsAsync(job =>
        (job.LastError, job.Refused, job.Attempts, job.DueAt) = (words, true, 3, job.CreatedAt.AddHours(1)));

    public static Task ChangeJobsAsync(this PanelApplication panel, Action<ProvisioningJob> change) =>
        panel.Get<MailDatabase>().ExecuteWithoutAuditAsync(async context =>
    {
        await foreach (var job in context.Jobs.AsAsyncEnumerable()) change(job);
        return true;
    });

    public static async Task<List<ProvisioningJob>> JobsAsync(this PanelApplication panel)
    {
        await using var context = panel.Get<MailDatabase>().Open();
        return await context.Jobs.ToListAsync();
    }

    /// <summary>Kinds of audit events and who caused them, the latest first.</summary>
    public static async Task<List<(string Kind, string Actor)>> EventsAsync(this PanelApplication panel)
    {
        await using var context = panel.Get<MailDatabase>().Open();
        var events = await context.AuditEvents.OrderByDescending(e => e.Id).Select(e => new { e.Kind, e.ActorName }).ToListAsync();
        return [.. events.Select(e => (e.Kind, e.ActorName))];
    }
}
