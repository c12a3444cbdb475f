using System.CommandLine;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Aliases;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Aliases;

/// <summary><c>mailadmin alias list</c>: with the first destinations of each, and the number of all.</summary>
internal sealed class AliasListCommand : PanelCommand
{
    private readonly Option<string?> _domain = new("--domain") { Description = AliasCommandTexts.ListDomain, HelpName = "NAME" };
    private readonly Option<string?> _search = new("--search") { Description = AliasCommandTexts.ListSearch, HelpName = "TEXT" };

    public AliasListCommand() : base("list", AliasCommandTexts.List)
    {
        Options.Add(_domain);
        Options.Add(_search);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var domains = await ListedDomains.OfAsync(run, run.Arguments.GetValue(_domain));
        if (!domains.Succeeded) return run.Output.Refused(domains.Problems);
        var list = new ListRequest<AliasSort>(0, int.MaxValue, Search: run.Arguments.GetValue(_search));
        var found = new List<(MailDomain Domain, AliasRow Alias)>();
        foreach (var domain in domains.Value)
        {
            var rows = (await run.Get<AliasRepository>().ListAsync(domain, list, run.CancellationToken)).Rows;
            found.AddRange(rows.Select(row => (domain, row)));
        }
        run.Output.Report(
            new { aliases = found.Select(f => Document(f.Domain, f.Alias)) },
            () => run.Output.Table([SharedTexts.Aliases, AliasTexts.Destinations], found.Select(f => Row(f.Domain, f.Alias))));
        return ExitCode.Fine;
    }

    public static object Document(MailDomain domain, AliasRow alias) => new
    {
        address = AliasCommand.AddressOf(domain, alias),
        destinations = alias.Destinations.Select(d => d.Display),
        alias.DestinationCount,
    };

    private static string[] Row(MailDomain domain, AliasRow alias) =>
    [
        $"{alias.LocalPart}@{domain.Name.Display}",
        string.Join(", ", alias.Destinations.Select(d => d.Display)) + (alias.DestinationCount > alias.Destinations.Count ? ", …" : ""),
    ];
}

/// <summary><c>mailadmin alias show ALIAS</c>: with all its destinations, one a line.</summary>
internal sealed class AliasShowCommand : PanelCommand
{
    private readonly Argument<string> _alias = AliasCommand.Address();

    public AliasShowCommand() : base("show", AliasCommandTexts.Show) => Arguments.Add(_alias);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AliasCommand.FindAsync(run, run.Arguments.GetRequiredValue(_alias)) is not var (domain, alias))
            return run.Output.Refused([AliasProblems.NotFound]);
        run.Output.Report(AliasListCommand.Document(domain, alias), () =>
        {
            foreach (var destination in alias.Destinations) run.Output.Line(destination.Display);
        });
        return ExitCode.Fine;
    }
}
