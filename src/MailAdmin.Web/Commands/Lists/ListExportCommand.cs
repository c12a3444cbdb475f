using System.CommandLine;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Imports;

namespace MailAdmin.Web.Commands.Lists;

/// <summary>
/// <c>mailadmin export</c>: prints accounts and aliases as CSV, in the form that <c>mailadmin import</c> reads. Hashes are printed only if
/// they are asked for: who may read the settings file may read the database too.
/// </summary>
internal sealed class ListExportCommand : PanelCommand
{
    private readonly Option<string?> _domain = new("--domain") { Description = ImportTexts.CommandDomain, HelpName = "NAME" };
    private readonly Option<bool> _hashes = new("--hashes") { Description = ImportTexts.CommandHashes };

    public ListExportCommand() : base("export", ImportTexts.CommandExport)
    {
        Options.Add(_domain);
        Options.Add(_hashes);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var domains = await run.Get<MailListExport>().DomainsAsync(run.CancellationToken);
        if (run.Arguments.GetValue(_domain) is { } text)
        {
            domains = [.. domains.Where(d => DomainName.TryParse(text, out var name) && d.Name == name)];
            if (domains.Count == 0) return run.Output.Refused([DomainProblems.NotFound]);
        }
        await using var output = Console.OpenStandardOutput();
        await run.Get<MailListExport>().WriteAsync(output, domains, run.Arguments.GetValue(_hashes), run.CancellationToken);
        return ExitCode.Fine;
    }
}
