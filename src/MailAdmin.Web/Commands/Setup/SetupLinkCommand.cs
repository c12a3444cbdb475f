using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Setup;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Commands.Setup;

/// <summary>
/// <c>mailadmin setup-link</c>: prints the link that creates the first superuser, as often as needed, until it has been used.
/// </summary>
internal sealed class SetupLinkCommand() : PanelCommand("setup-link", SetupTexts.CommandLink)
{
    private const string DefaultAddress = "http://127.0.0.1:8080";

    // A panel that is installed and not started yet has no database.
    public override DatabaseNeed Needs => DatabaseNeed.Prepared;

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await LinkAsync(run) is not { } link)
        {
            run.Output.Error(SetupTexts.LinkUsed);
            return ExitCode.Findings;
        }
        run.Output.Report(new { link }, () => run.Output.Line(link));
        return ExitCode.Fine;
    }

    /// <summary>The link; null if there is an admin already.</summary>
    public static async Task<string?> LinkAsync(CommandRun run)
    {
        var gate = new SetupGate(run.Get<AdminService>(), run.Get<SetupTokens>());
        await gate.OpenIfNeededAsync();
        return gate.Path is { } path ? AddressOf(run) + path : null;
    }

    // Without PublicUrl the panel's own address, as the settings file or the service's unit names it.
    private static string AddressOf(CommandRun run)
    {
        var url = run.Get<PanelSettings>().PublicUrl?.ToString() ?? run.Get<IConfiguration>()["urls"]?.Split(';')[0];
        return url?.TrimEnd('/') ?? DefaultAddress;
    }
}
