using System.CommandLine;
using System.Data.Common;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Core.Takeovers;
using MailAdmin.Provisioning.Takeovers;
using MailAdmin.Web.Commands.Lists;
using MailAdmin.Web.Features.Imports;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Takeovers;

/// <summary>
/// <c>mailadmin takeover web-cyradm</c>: carries over the domains, accounts and aliases of another program's database, which it only reads.
/// </summary>
internal sealed class TakeoverCommand : PanelCommand
{
    private readonly Argument<string> _program = new("PROGRAM") { Description = TakeoverTexts.Program };
    private readonly Option<string> _server = new("--server") { Description = TakeoverTexts.Server, DefaultValueFactory = _ => "mysql" };
    private readonly Option<string> _connection = new("--connection")
    { Description = TakeoverTexts.Connection, HelpName = "FILE", Required = true };
    private readonly Option<string> _crypt = new("--crypt") { Description = TakeoverTexts.Crypt, DefaultValueFactory = _ => "crypt" };
    private readonly Option<bool> _passwords = new("--passwords") { Description = ImportTexts.CommandPasswords };

    public TakeoverCommand() : base("takeover", TakeoverTexts.Command)
    {
        _program.AcceptOnlyFromAmong("web-cyradm");
        _server.AcceptOnlyFromAmong("mysql", "postgresql");
        _crypt.AcceptOnlyFromAmong("crypt", "md5");
        Arguments.Add(_program);
        foreach (var option in (Option[])[_server, _connection, _crypt, _passwords, CommandOptions.DryRun]) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        SourceServer source;
        try
        {
            source = await ReadAsync(run);
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            run.Output.Error(TakeoverTexts.FormatConnectionWrong(e.Message));
            return ExitCode.Usage;
        }
        catch (DbException e)
        {
            run.Output.Error(TakeoverTexts.FormatUnreachable(e.Message));
            return ExitCode.Unreachable;
        }
        return run.IsDryRun ? await ShowAsync(run, source) : await CarryOutAsync(run, source);
    }

    private async Task<SourceServer> ReadAsync(CommandRun run)
    {
        var file = run.Arguments.GetRequiredValue(_connection);
        var text = file == "-"
            ? await Console.In.ReadToEndAsync(run.CancellationToken) : await File.ReadAllTextAsync(file, run.CancellationToken);
        var kind = run.Arguments.GetValue(_server) == "mysql" ? SourceKind.MySql : SourceKind.PostgreSql;
        var scheme = run.Arguments.GetValue(_crypt) == "md5" ? WebCyradmScheme.Md5 : WebCyradmScheme.Crypt;
        return await SourceConnections.ReadAsync(
            kind, text.Trim(), s => WebCyradmReader.ReadAsync(s, scheme, run.CancellationToken), run.CancellationToken);
    }

    // Rows of domains that do not exist yet cannot be tried out, so they are only counted.
    private async Task<ExitCode> ShowAsync(CommandRun run, SourceServer source)
    {
        var missing = (await run.Get<TakeoverService>().MissingAsync(source, run.CancellationToken)).Select(d => d.Request.Name).ToList();
        var present = TakeoverService.ListOf(source) is var list
            ? list with { Rows = [.. list.Rows.Where(r => !missing.Exists(m => IsOf(r, m)))] } : list;
        var import = await PreviewAsync(run, present);
        var outcome = await TakeoverOutcome.ReadAsync(run, import, missing, source.Findings);
        await run.Get<ImportService>().DiscardAsync(import.Id, run.Actor, run.CancellationToken);
        return TakeoverReport.Write(run, source, outcome with { Untried = list.Rows.Count - present.Rows.Count });
    }

    private async Task<ExitCode> CarryOutAsync(CommandRun run, SourceServer source)
    {
        var takeovers = run.Get<TakeoverService>();
        var (created, refused) = await takeovers.CreateDomainsAsync(source, run.Actor, run.CancellationToken);
        var import = await PreviewAsync(run, TakeoverService.ListOf(source));
        var totals = await run.Get<ImportRepository>().TotalsAsync(import.Id, run.CancellationToken);
        if (totals.Planned > 0)
        {
            var started = await run.Get<ImportService>().StartAsync(import.Id, run.Actor, run.CancellationToken);
            if (!started.Succeeded) return run.Output.Refused(started.Problems);
            await ListImportCommand.FollowAsync(run, import.Id);
        }
        var left = await takeovers.FinishAsync(source, run.Actor, run.CancellationToken);
        var outcome = await TakeoverOutcome.ReadAsync(run, import, created, [.. source.Findings, .. refused, .. left]);
        if (totals.Planned == 0) await run.Get<ImportService>().DiscardAsync(import.Id, run.Actor, run.CancellationToken);
        return TakeoverReport.Write(run, source, outcome);
    }

    private async Task<Import> PreviewAsync(CommandRun run, MailList list)
    {
        var replaces = run.Arguments.GetValue(_passwords);
        var import = await run.Get<ImportService>().PreviewAsync(
            new(list, null, run.Arguments.GetValue(_program), replaces), run.Actor, run.CancellationToken);
        return import.Value!;
    }

    private static bool IsOf(ListRow row, DomainName domain) =>
        row[ListColumn.Address].EndsWith("@" + domain.Value, StringComparison.OrdinalIgnoreCase);
}
