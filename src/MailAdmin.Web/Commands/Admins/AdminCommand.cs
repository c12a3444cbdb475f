using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Admins;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Admins;

/// <summary><c>mailadmin admin</c>: lists the admins, above all for when nobody can sign in to the panel.</summary>
internal sealed class AdminCommand : PanelCommand
{
    public AdminCommand() : base("admin", CommandTexts.Admin)
    {
        Subcommands.Add(new AdminCreateCommand());
        Subcommands.Add(new AdminPasswordCommand());
        Subcommands.Add(new AdminStateCommand("disable", CommandTexts.AdminDisable, isActive: false));
        Subcommands.Add(new AdminStateCommand("enable", CommandTexts.AdminEnable, isActive: true));
        Subcommands.Add(new AdminDeleteCommand());
        Subcommands.Add(new SecondFactorResetCommand());
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var admins = (await run.Get<AdminRepository>().ListAsync(null, 0, int.MaxValue, run.CancellationToken)).Rows;
        run.Output.Report(
            new { admins = admins.Select(a => new { a.Name, a.Role, a.SeesAllDomains, a.DomainCount, a.SeenAt, active = a.IsActive }) },
            () => run.Output.Table(
                [AdminTexts.Name, AdminTexts.Role, SharedTexts.Domains, AdminTexts.Seen, SharedTexts.State], admins.Select(Row)));
        return ExitCode.Fine;
    }

    /// <summary>The admin of that name, ignoring case, or null.</summary>
    public static async Task<AdminDetails?> FindAsync(CommandRun run, string name)
    {
        var repository = run.Get<AdminRepository>();
        var found = (await repository.ListAsync(name, 0, int.MaxValue, run.CancellationToken)).Rows.SingleOrDefault(
            a => AdminNames.Normalize(a.Name) == AdminNames.Normalize(name));
        return found is null ? null : await repository.FindAsync(found.Id, run.CancellationToken);
    }

    private static string[] Row(AdminRow admin) =>
    [
        admin.Name, RoleNames.Of(admin.Role), AdminText.DomainsOf(admin),
        admin.SeenAt?.LocalDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture) ?? AdminTexts.NeverSeen,
        admin.IsActive ? SharedTexts.Active : AdminTexts.Stopped,
    ];
}
