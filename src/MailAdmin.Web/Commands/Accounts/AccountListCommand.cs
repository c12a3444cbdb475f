using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Api.Accounts;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Accounts;

/// <summary><c>mailadmin account list</c>: the accounts of one or all domains, as the API shows them.</summary>
internal sealed class AccountListCommand : PanelCommand
{
    private readonly Option<string?> _domain = new("--domain") { Description = AccountCommandTexts.ListDomain, HelpName = "NAME" };
    private readonly Option<string?> _search = new("--search") { Description = AccountCommandTexts.ListSearch, HelpName = "TEXT" };

    public AccountListCommand() : base("list", AccountCommandTexts.List)
    {
        Options.Add(_domain);
        Options.Add(_search);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var domains = await ListedDomains.OfAsync(run, run.Arguments.GetValue(_domain));
        if (!domains.Succeeded) return run.Output.Refused(domains.Problems);
        var list = new ListRequest<AccountSort>(0, int.MaxValue, Search: run.Arguments.GetValue(_search));
        var found = new List<(MailDomain Domain, AccountRow Account)>();
        foreach (var domain in domains.Value)
        {
            var rows = (await run.Get<AccountRepository>().ListAsync(domain, list, run.CancellationToken)).Rows;
            found.AddRange(rows.Select(row => (domain, row)));
        }
        run.Output.Report(
            new { accounts = found.Select(f => AccountContract.Of(f.Domain, f.Account)) },
            () => run.Output.Table(
                [AccountTexts.Username, AccountCommandTexts.Addresses, AccountTexts.Quota, SharedTexts.State],
                found.Select(f => Row(f.Domain, f.Account))));
        return ExitCode.Fine;
    }

    /// <summary>The cells of one account.</summary>
    public static string[] Row(MailDomain domain, AccountRow account) =>
    [
        account.Username.Value, string.Join(", ", account.Addresses.Select(a => $"{a}@{domain.Name.Display}")),
        account.Quota is { } quota ? QuotaText.Readable(quota) : AccountCommandTexts.NoLimit,
        account.State == AccountState.Suspended ? SharedTexts.Suspended : account.MailboxReady ? SharedTexts.InPlace : SharedTexts.Pending,
    ];
}
