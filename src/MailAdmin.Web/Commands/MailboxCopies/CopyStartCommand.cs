using System.CommandLine;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Web.Features.MailboxCopies;

namespace MailAdmin.Web.Commands.MailboxCopies;

/// <summary>
/// <c>mailadmin copy start ACCOUNT --host HOST --user USER</c>: starts a copy, or runs it again. The password or token is read from
/// standard input, because every user of the machine could read an argument.
/// </summary>
internal sealed class CopyStartCommand : PanelCommand
{
    private readonly Argument<string> _account = CopyArguments.Account();
    private readonly Option<string> _host = new("--host") { Description = CommandTexts.CopyHost, Required = true };
    private readonly Option<int?> _port = new("--port") { Description = CommandTexts.CopyPort };
    private readonly Option<SourceSecurity> _security = new("--security") { Description = CommandTexts.CopySecurity };
    private readonly Option<string> _user = new("--user") { Description = CommandTexts.CopyUser, Required = true };
    private readonly Option<string?> _proxy = new("--proxy-user") { Description = CommandTexts.CopyProxyUser };
    private readonly Option<bool> _token = new("--oauth2") { Description = CommandTexts.CopyOAuth2 };
    private readonly Option<bool> _anyCertificate = new("--any-certificate") { Description = CommandTexts.CopyAnyCertificate };
    private readonly Option<bool> _deletions = new("--follow-deletions") { Description = CommandTexts.CopyFollowDeletions };
    private readonly Option<bool> _wait = CopyArguments.Wait();

    public CopyStartCommand() : base("start", CommandTexts.CopyStart)
    {
        Arguments.Add(_account);
        Option[] all = [_host, _port, _security, _user, _proxy, _token, _anyCertificate, _deletions, _wait, CommandOptions.DryRun];
        foreach (var option in all) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await CopyArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not { } account) return ExitCode.Findings;
        var secret = await Console.In.ReadLineAsync(run.CancellationToken);
        var change = run.Get<MailboxCopyService>().PlanStart(
            account.Id, RequestOf(run.Arguments, secret), run.Arguments.GetValue(_deletions), run.Actor);
        var result = await run.CarryOutAsync(change);
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        if (run.Arguments.GetValue(_wait) && !run.IsDryRun) return await CopyStatusCommand.ReportAsync(run, account, wait: true);
        run.Output.Report(
            new { dryRun = run.IsDryRun, copy = CopyDocument.Of(account.Username, result.Value) },
            () => run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldChange(account.Username) : MailboxCopyTexts.Started));
        return ExitCode.Fine;
    }

    private SourceRequest RequestOf(ParseResult parsed, string? secret)
    {
        var by = parsed.GetValue(_token) ? SourceAuthentication.OAuth2
            : parsed.GetValue(_proxy) is null ? SourceAuthentication.Password : SourceAuthentication.Proxy;
        return new(
            parsed.GetRequiredValue(_host), parsed.GetValue(_port), parsed.GetValue(_security), by, parsed.GetRequiredValue(_user),
            parsed.GetValue(_proxy), secret)
        {
            AcceptsAnyCertificate = parsed.GetValue(_anyCertificate),
        };
    }
}
