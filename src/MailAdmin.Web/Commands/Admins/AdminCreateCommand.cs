using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Admins;

namespace MailAdmin.Web.Commands.Admins;

/// <summary><c>mailadmin admin create NAME</c>: creates an admin, also the first superuser before the panel's first start.</summary>
internal sealed class AdminCreateCommand : PanelCommand
{
    private readonly Argument<string> _name = AdminArguments.Name();
    private readonly Option<bool> _fromInput = AdminArguments.PasswordFromInput();
    private readonly Option<bool> _allDomains = new("--all-domains") { Description = CommandTexts.AdminAllDomains };
    private readonly Option<string[]> _domains = new("--domain") { Description = CommandTexts.AdminDomain };

    private readonly Option<string> _role = new Option<string>("--role") { Description = CommandTexts.AdminRole, Required = true }
        .AcceptOnlyFromAmong("superuser", "domain-admin", "support");

    public AdminCreateCommand() : base("create", CommandTexts.AdminCreate)
    {
        Arguments.Add(_name);
        foreach (var option in (Option[])[_role, _domains, _allDomains, _fromInput, CommandOptions.DryRun]) Options.Add(option);
    }

    public override DatabaseNeed Needs => DatabaseNeed.Prepared;

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        List<Problem> problems = [];
        var rights = Rights(run, problems);
        if (problems.Count > 0) return run.Output.Refused(problems);
        var (password, isOurs) = await AdminArguments.PasswordAsync(run, _fromInput);
        var request = new NewAdmin(run.Arguments.GetValue(_name), password, password, null, rights);
        var result = await run.CarryOutAsync(await run.Get<AdminService>().PlanCreationAsync(request, run.Actor, run.CancellationToken));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        var name = result.Value.UserName!;
        var shown = isOurs && !run.IsDryRun ? password : null;
        run.Output.Report(new { dryRun = run.IsDryRun, name, password = shown }, () =>
        {
            run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldCreate(name) : AdminTexts.FormatCreated(name));
            if (shown is not null) run.Output.Line(CommandTexts.FormatPassword(shown));
        });
        return ExitCode.Fine;
    }

    private AdminRights Rights(CommandRun run, List<Problem> problems)
    {
        var names = new List<DomainName>();
        foreach (var text in run.Arguments.GetValue(_domains) ?? [])
        {
            if (DomainName.TryParse(text, out var name, out var problem)) names.Add(name);
            else problems.Add(problem.At("Domains"));
        }
        var role = run.Arguments.GetValue(_role) switch
        {
            "superuser" => AdminRole.Superuser,
            "domain-admin" => AdminRole.DomainAdmin,
            _ => AdminRole.Support,
        };
        return new(role, run.Arguments.GetValue(_allDomains), names);
    }
}
