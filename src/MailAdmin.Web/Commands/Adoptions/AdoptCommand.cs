using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Backups;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Commands.Adoptions;

/// <summary>
/// <c>mailadmin adopt USERNAME ADDRESS</c>: makes an account for a mailbox that has none. <c>--domain</c>: for all whose name tells the
/// address.
/// </summary>
internal sealed class AdoptCommand : PanelCommand
{
    private readonly Argument<string?> _username = new("USERNAME")
    {
        Description = AdoptionTexts.Username,
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Argument<string?> _address = new("ADDRESS")
    {
        Description = AdoptionTexts.Address,
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> _domain = new("--domain") { Description = AdoptionTexts.Domain, HelpName = "DOMAIN" };

    public AdoptCommand() : base("adopt", AdoptionTexts.Command)
    {
        Arguments.Add(_username);
        Arguments.Add(_address);
        foreach (var option in (Option[])[_domain, CommandOptions.DryRun]) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var (username, address) = (run.Arguments.GetValue(_username), run.Arguments.GetValue(_address));
        var domain = run.Arguments.GetValue(_domain);
        if (domain is null == (username is null) || username is null != (address is null))
        {
            run.Output.Error(AdoptionTexts.WhichMailbox);
            return ExitCode.Usage;
        }
        return domain is null ? await AdoptAsync(run, username!, address!) : await DomainAdoption.RunAsync(run, domain);
    }

    /// <summary>The mailboxes of the server in the settings; none without one.</summary>
    internal static async Task<IReadOnlyDictionary<string, ServerMailbox>> MailboxesAsync(CommandRun run) =>
        run.Get<PanelSettings>().Cyrus is { } cyrus
            ? (await new MailboxInventory(cyrus, TimeProvider.System).ReadAsync(run.CancellationToken)).ByName
            : new Dictionary<string, ServerMailbox>(StringComparer.Ordinal);

    /// <summary>Makes the account, with the mailbox's own limit, and reports it.</summary>
    internal static async Task<Core.Results.Result<Account>> AdoptAsync(
        CommandRun run, Username username, MailDomain domain, LocalPart localPart, MailboxId id, ServerMailbox mailbox)
    {
        var quota = mailbox.LimitKiB is { } limit ? new Quota(limit) : (Quota?)null;
        var plan = await run.Get<AccountAdoptionService>().PlanAsync(new(domain.Id, localPart, username, id, quota), run.Actor);
        var result = await run.CarryOutAsync(plan);
        var address = $"{localPart}@{domain.Name.Display}";
        if (result.Succeeded)
        {
            run.Output.Report(
                new { dryRun = run.IsDryRun, username = username.Value, address, mailboxId = id.Value },
                () => run.Output.Line(
                    run.IsDryRun ? CommandTexts.FormatWouldCreate(username) : AdoptionTexts.FormatDone(username, address)));
        }
        return result;
    }

    private static async Task<ExitCode> AdoptAsync(CommandRun run, string name, string address)
    {
        if (!Username.TryParse(name, out var username, out var misnamed)) return run.Output.Refused([misnamed]);
        if (!AddrSpec.TryParse(address, out var parsed) || !LocalPart.TryParse(parsed.LocalPart, out var localPart, out _)
            || await run.Get<DomainRepository>().FindAsync(parsed.Domain) is not { Domain: var domain })
            return run.Output.Refused([DomainProblems.NotFound]);
        if ((await MailboxesAsync(run)).GetValueOrDefault(username.Value) is not { Id: { } id } mailbox)
            return run.Output.Refused([BackupProblems.MailboxMissing(username.Value)]);
        var result = await AdoptAsync(run, username, domain, localPart, id, mailbox);
        return result.Succeeded ? ExitCode.Fine : run.Output.Refused(result.Problems);
    }
}
