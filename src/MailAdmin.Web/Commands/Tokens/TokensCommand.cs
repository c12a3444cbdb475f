using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Admins;

namespace MailAdmin.Web.Commands.Tokens;

/// <summary><c>mailadmin tokens</c>: lists the tokens of all admins.</summary>
internal sealed class TokensCommand : PanelCommand
{
    public TokensCommand() : base("tokens", CommandTexts.Tokens)
    {
        Subcommands.Add(new TokensCreateCommand());
        Subcommands.Add(new TokensRevokeCommand());
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var tokens = await run.Get<AdminTokenRepository>().ListAsync(run.CancellationToken);
        run.Output.Report(
            new { tokens = tokens.Select(t => new { t.Admin, t.Name, t.CreatedAt, t.ExpiresAt, t.UsedAt, active = t.IsActive }) },
            () => run.Output.Table(
                [AdminTexts.Name, CommandTexts.TokenColumn, CommandTexts.TokenExpires, CommandTexts.TokenUsed], tokens.Select(Row)));
        return ExitCode.Fine;
    }

    /// <summary>A time of this machine's zone, to the minute.</summary>
    public static string Shown(DateTimeOffset time) => time.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string[] Row(AdminTokenRow token) =>
        [token.Admin, token.Name, Shown(token.ExpiresAt), token.UsedAt is { } used ? Shown(used) : AdminTexts.NeverSeen];
}
