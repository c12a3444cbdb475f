using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Backups;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Commands.Backups;

/// <summary><c>mailadmin adopt USERNAME ADDRESS</c>: makes an account for a mailbox that has none.</summary>
internal sealed class AdoptCommand : PanelCommand
{
    private readonly Argument<string> _username = new("USERNAME") { Description = BackupTexts.AdoptUsername };
    private readonly Argument<string> _address = new("ADDRESS") { Description = BackupTexts.AdoptAddress };

    public AdoptCommand() : base("adopt", BackupTexts.Adopt)
    {
        Arguments.Add(_username);
        Arguments.Add(_address);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var (name, address) = (run.Arguments.GetRequiredValue(_username), run.Arguments.GetRequiredValue(_address));
        if (!Username.TryParse(name, out var username, out var misnamed)) return run.Output.Refused([misnamed]);
        if (!AddrSpec.TryParse(address, out var parsed) || !LocalPart.TryParse(parsed.LocalPart, out var localPart, out _)
            || await run.Get<DomainRepository>().FindAsync(parsed.Domain) is not { Domain: var domain })
            return run.Output.Refused([DomainProblems.NotFound]);
        if (await FindAsync(run, username) is not { Id: { } id } mailbox)
            return run.Output.Refused([BackupProblems.MailboxMissing(username.Value)]);
        var quota = mailbox.LimitKiB is { } limit ? new Quota(limit) : (Quota?)null;
        var plan = await run.Get<AccountAdoptionService>().PlanAsync(new(domain.Id, localPart, username, id, quota), run.Actor);
        var result = await run.CarryOutAsync(plan);
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        run.Output.Report(
            new { dryRun = run.IsDryRun, username = username.Value, address, mailboxId = id.Value },
            () => run.Output.Line(
                run.IsDryRun ? CommandTexts.FormatWouldCreate(username) : BackupTexts.FormatAdoptDone(username, address)));
        return ExitCode.Fine;
    }

    private static async Task<ServerMailbox?> FindAsync(CommandRun run, Username username) =>
        run.Get<PanelSettings>().Cyrus is { } cyrus
            ? (await new MailboxInventory(cyrus, TimeProvider.System).ReadAsync(run.CancellationToken)).ByName
                .GetValueOrDefault(username.Value)
            : null;
}
