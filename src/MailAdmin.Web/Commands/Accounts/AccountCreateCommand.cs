using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Commands.Admins;

namespace MailAdmin.Web.Commands.Accounts;

/// <summary><c>mailadmin account create ADDRESS</c>.</summary>
internal sealed class AccountCreateCommand : PanelCommand
{
    private readonly Argument<string> _address = new("ADDRESS") { Description = AccountCommandTexts.CreateAddress };
    private readonly Option<string?> _quota = new("--quota") { Description = AccountCommandTexts.CreateQuota, HelpName = "AMOUNT" };
    private readonly Option<string?> _username = new("--username") { Description = AccountCommandTexts.CreateUsername, HelpName = "NAME" };
    private readonly Option<bool> _fromInput = AdminArguments.PasswordFromInput();

    public AccountCreateCommand() : base("create", AccountCommandTexts.Create)
    {
        Arguments.Add(_address);
        foreach (var option in (Option[])[_quota, _username, _fromInput, CommandOptions.DryRun]) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (!AddrSpec.TryParse(run.Arguments.GetRequiredValue(_address), out var address, out var fault))
            return run.Output.Refused([fault]);
        if (!LocalPart.TryParse(address.LocalPart, out var part, out fault)) return run.Output.Refused([fault]);
        if (await run.Get<DomainRepository>().FindAsync(address.Domain) is not { Domain: var domain })
            return run.Output.Refused([DomainProblems.NotFound]);
        var (password, isOurs) = await AdminArguments.PasswordAsync(run, _fromInput);
        var request = RequestOf(run, domain, part, password);
        if (!request.Succeeded) return run.Output.Refused(request.Problems);
        var result = await run.CarryOutAsync(
            await run.Get<AccountService>().PlanCreationAsync(request.Value, run.Actor, run.CancellationToken));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        Tell(run, result.Value.Username.Value, $"{part}@{domain.Name.Value}", isOurs && !run.IsDryRun ? password : null);
        return ExitCode.Fine;
    }

    private Result<NewAccount> RequestOf(CommandRun run, MailDomain domain, LocalPart part, string password)
    {
        List<Problem> problems = [];
        var quota = domain.DefaultQuota;
        if (run.Arguments.GetValue(_quota) is { } amount)
        {
            var parsed = AccountQuotaCommand.Parse(amount);
            if (parsed.Succeeded) quota = parsed.Value.Quota;
            else problems.AddRange(parsed.Problems);
        }
        Username? username = null;
        if (run.Arguments.GetValue(_username) is { } name && !Username.TryParse(name, out username, out var fault)) problems.Add(fault);
        return problems.Count > 0 ? problems : new NewAccount(domain.Id, part, quota, password, password, username);
    }

    private static void Tell(CommandRun run, string username, string address, string? shown) =>
        run.Output.Report(new { dryRun = run.IsDryRun, username, address, password = shown }, () =>
        {
            run.Output.Line(
                run.IsDryRun ? CommandTexts.FormatWouldCreate(address) : AccountCommandTexts.FormatCreated(username, address));
            if (shown is not null) run.Output.Line(CommandTexts.FormatPassword(shown));
        });
}
