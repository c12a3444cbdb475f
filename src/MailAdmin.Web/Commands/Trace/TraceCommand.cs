using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Scripts;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Trace;

namespace MailAdmin.Web.Commands.Trace;

/// <summary><c>mailadmin trace ADDRESS</c>: prints where mail for an address goes, and why, as the page shows it.</summary>
internal sealed class TraceCommand : PanelCommand
{
    // A person waits longer at a terminal than for a page.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    private readonly Argument<string> _address = new("ADDRESS") { Description = CommandTexts.TraceAddress };

    public TraceCommand() : base("trace", CommandTexts.Trace) => Arguments.Add(_address);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var text = run.Arguments.GetRequiredValue(_address);
        if (!SpelledRecipient.TryParse(text, run.Get<MailHostNames>(), out var recipient, out var fault))
            return run.Output.Refused([fault]);
        var resolution = await run.Get<ResolverRepository>().ResolveAsync(recipient.Address, run.CancellationToken);
        var maps = await MapsAsync(run, resolution);
        var filters = await FiltersAsync(run, resolution);
        run.Output.Report(Document(resolution, maps, filters), () => Tell(run.Output, resolution, maps, filters));
        return IsFine(resolution, maps) ? ExitCode.Fine : ExitCode.Findings;
    }

    private static bool IsFine(Resolution resolution, TraceMaps maps) =>
        resolution.Verdict is Verdict.Delivered or Verdict.Relayed && (!maps.IsRead || maps.Agree);

    private static async Task<TraceMaps> MapsAsync(CommandRun run, Resolution resolution)
    {
        var keys = resolution.Keys(resolution.Steps);
        var wanted = await run.Get<MapRepository>().ListAsync(keys, run.CancellationToken);
        var live = await run.Get<IMailHost>().ReadMapsAsync(keys, Budget, run.CancellationToken);
        return TraceMaps.Of(keys, wanted, live);
    }

    private static async Task<IReadOnlyList<TracedFilters>> FiltersAsync(CommandRun run, Resolution resolution)
    {
        var filters = new AccountFilters(
            run.Get<ScriptAddresses>(), run.Get<RightsHolders>(), run.Get<IMailServer>())
        { Timeout = Budget };
        var read = await filters.OfAsync(resolution.Steps, run.CancellationToken);
        return [.. read.Where(f => !f.View.IsNone)];
    }

    private static void Tell(CommandOutput output, Resolution resolution, TraceMaps maps, IReadOnlyList<TracedFilters> filters)
    {
        output.Line(TraceText.Verdict(resolution), resolution.Verdict is Verdict.Delivered or Verdict.Relayed ? "green" : "red");
        foreach (var sentence in TraceText.Besides(resolution)) output.Line(sentence);
        if (resolution.Answer is { } answer) output.Line($"{TraceTexts.SendersHear} {answer}");
        foreach (var step in resolution.Steps) output.Line(new string(' ', 2 * (step.Depth + 1)) + Sentence(step));
        foreach (var (username, view) in filters)
        {
            output.Line(FilterTexts.FormatFiltersOf(username));
            foreach (var sentence in Sentences(view)) output.Line("  " + sentence);
        }
        if (!maps.IsRead) output.Line(TraceTexts.NotRead);
        output.Table(
            [TraceTexts.Map, TraceTexts.Key, TraceTexts.Wanted, TraceTexts.Live],
            maps.Rows.Select(r => (string[])[r.Map.FileName(), r.Key, r.Wanted ?? "", maps.IsRead ? r.Live ?? "" : "?"]));
    }

    private static object Document(Resolution resolution, TraceMaps maps, IReadOnlyList<TracedFilters> filters) => new
    {
        address = resolution.Recipient,
        verdict = resolution.Verdict,
        answer = resolution.Answer,
        destinations = resolution.Destinations,
        steps = resolution.Steps.Select(s => new { s.Depth, s.Kind, s.Subject, s.Detail, text = Sentence(s) }),
        filters = filters.Select(f => new { f.Username, read = f.View.Script is not null, text = Sentences(f.View) }),
        mapsRead = maps.IsRead,
        mapsAgree = maps.IsRead ? maps.Agree : (bool?)null,
        maps = maps.Rows.Select(r => new { map = r.Map.FileName(), r.Key, r.Wanted, r.Live }),
    };

    private static IEnumerable<string> Sentences(FilterView view) =>
        view.Script is null ? [FilterTexts.Unread] : FilterText.Of(view).Select(s => s.Sentence);

    private static string Sentence(ResolutionStep step)
    {
        var sentence = TraceText.Of(step, isHidden: false);
        return sentence.Before + sentence.Linked + sentence.After;
    }
}
