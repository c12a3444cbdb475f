using System.CommandLine;
using System.Net;

namespace MailAdmin.Web.Commands.Upgrades;

/// <summary><c>mailadmin health</c>: asks the panel of this host whether it answers, at the address of the key <c>Urls</c>.</summary>
internal sealed class HealthCommand : PanelCommand
{
    private const string DefaultAddress = "http://127.0.0.1:8080";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Option<int> _wait = new("--wait") { Description = UpgradeTexts.HealthWait, HelpName = "SECONDS" };

    public HealthCommand() : base("health", UpgradeTexts.Health) => Options.Add(_wait);

    public override DatabaseNeed Needs => DatabaseNeed.None;

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var url = AddressOf(run.Get<IConfiguration>()["urls"] ?? DefaultAddress);
        // Waits for a panel that starts: at least one second, and for an answer as long.
        var wait = TimeSpan.FromSeconds(Math.Max(1, run.Arguments.GetValue(_wait)));
        var fault = await AskAsync(url, wait, run.CancellationToken);
        run.Output.Report(
            new { url, healthy = fault is null, fault },
            () => run.Output.Line(fault is null ? UpgradeTexts.FormatHealthy(url) : UpgradeTexts.FormatUnhealthy(url, fault)));
        return fault is null ? ExitCode.Fine : ExitCode.Findings;
    }

    /// <summary>The first of the addresses that a panel listens on, as a client on this host reaches it.</summary>
    internal static Uri AddressOf(string urls)
    {
        var listening = BindingAddress.Parse(urls.Split(';')[0]);
        var host = listening.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : listening.Host;
        return new Uri($"{listening.Scheme}://{host}:{listening.Port}/health");
    }

    private static async Task<string?> AskAsync(Uri url, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = wait };
        var begin = TimeProvider.System.GetTimestamp();
        for (; ; )
        {
            var fault = await FaultAsync(client, url, cancellationToken);
            if (fault is null || TimeProvider.System.GetElapsedTime(begin) >= wait) return fault;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<string?> FaultAsync(HttpClient client, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(url, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK ? null : $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return e.GetBaseException().Message;
        }
    }
}
