using System.CommandLine;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Domains;

/// <summary><c>mailadmin domain list</c>.</summary>
internal sealed class DomainListCommand : PanelCommand
{
    private readonly Option<string?> _search = new("--search") { Description = DomainCommandTexts.ListSearch, HelpName = "TEXT" };

    public DomainListCommand() : base("list", DomainCommandTexts.List) => Options.Add(_search);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var list = new ListRequest<DomainSort>(0, int.MaxValue, Search: run.Arguments.GetValue(_search));
        var found = (await run.Get<DomainRepository>().ListAsync(null, list, run.CancellationToken)).Rows;
        run.Output.Report(
            new { domains = found.Select(Document) },
            () => run.Output.Table(
                [DomainTexts.Name, DomainTexts.Prefix, SharedTexts.Accounts, SharedTexts.Aliases, SharedTexts.State], found.Select(Row)));
        return ExitCode.Fine;
    }

    private static object Document(DomainRow row) => new
    {
        name = row.Name.Value,
        prefix = row.Prefix.Value,
        row.State,
        row.Routing,
        accounts = row.AccountCount,
        row.MaxAccounts,
        aliases = row.AliasCount,
        full = row.FullCount,
    };

    private static string[] Row(DomainRow row) =>
    [
        row.Name.Display, row.Prefix.Value, DomainText.AccountsOf(row.AccountCount, row.MaxAccounts), row.AliasCount.Shown(),
        DomainText.StateOf(row.State, row.Routing).Word,
    ];
}

/// <summary><c>mailadmin domain show DOMAIN</c>.</summary>
internal sealed class DomainShowCommand : PanelCommand
{
    private readonly Argument<string> _domain = DomainCommand.Domain();

    public DomainShowCommand() : base("show", DomainCommandTexts.Show) => Arguments.Add(_domain);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await DomainCommand.FindAsync(run, run.Arguments.GetRequiredValue(_domain)) is not { } domain)
            return run.Output.Refused([DomainProblems.NotFound]);
        run.Output.Report(DomainCommand.Document(domain), () => run.Output.Table(
            [DomainTexts.Name, DomainTexts.Prefix, SharedTexts.Accounts, SharedTexts.State],
            [[
                string.Join(", ", domain.Aliases.Select(a => a.Name.Display).Prepend(domain.Name.Display)), domain.Prefix.Value,
                DomainText.AccountsOf(domain.AccountCount, domain.MaxAccounts), DomainText.StateOf(domain.State, domain.Routing).Word,
            ]]));
        return ExitCode.Fine;
    }
}
