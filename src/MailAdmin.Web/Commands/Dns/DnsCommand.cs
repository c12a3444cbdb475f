using System.CommandLine;
using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Provisioning.Dns;
using MailAdmin.Web.Features.Dns;

namespace MailAdmin.Web.Commands.Dns;

/// <summary>
/// <c>mailadmin dns DOMAIN</c>: compares the records of all names of a domain with what they should be; exits with 1 if one is missing or
/// different, with 3 if all that could be asked is right, but not everything was answered.
/// </summary>
internal sealed class DnsCommand : PanelCommand
{
    private readonly Argument<string> _domain = new("DOMAIN") { Description = DnsTexts.CommandDomain };

    public DnsCommand() : base("dns", DnsTexts.Command) => Arguments.Add(_domain);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (!DomainName.TryParse(run.Arguments.GetRequiredValue(_domain), out var name, out var fault)) return run.Output.Refused([fault]);
        if (await run.Get<DomainRepository>().FindAsync(name) is not { } found) return run.Output.Refused([DomainProblems.NotFound]);
        await run.Get<HosterRepository>().RefreshAsync(run.CancellationToken);
        var (_, hosts) = run.Get<ClientHostsReader>().Of(found.Domain);
        var inspector = run.Get<DnsInspector>();
        var names = await inspector.InspectAllAsync(found.Domain, hosts, int.MaxValue, isFresh: true, run.CancellationToken);
        run.Output.Report(new { names = names.Select(Document) }, () => Tell(run.Output, names, inspector.IsOn));
        if (names.Any(n => n.Records.Any(r => r.State is not (RecordState.Right or RecordState.Unknown)))) return ExitCode.Findings;
        return names.Any(n => n.IsUnknown) ? ExitCode.Unreachable : ExitCode.Fine;
    }

    private static void Tell(CommandOutput output, IReadOnlyList<NameInspection> names, bool isOn)
    {
        foreach (var name in names)
        {
            output.Line(name.Name.Display, "bold");
            output.Line(DnsText.AskedOf(name, isOn));
            output.Table(
                [DnsTexts.State, DnsTexts.Records, DnsTexts.Wanted, DnsTexts.Found],
                name.Records.Select(r => (string[])[
                    DnsText.StateOf(r).Word, $"{ZoneFragment.NameOf(r.Wanted.Type)} {r.Wanted.Name}", ValuesOf(r.Proposed),
                    ValuesOf(r.Found)]));
            foreach (var finding in name.Records.Where(r => r.State is not (RecordState.Right or RecordState.Unknown)))
                output.Line($"{ZoneFragment.NameOf(finding.Wanted.Type)} {finding.Wanted.Name}: {DnsText.SentenceOf(finding)}", "red");
        }
    }

    private static object Document(NameInspection name) => new
    {
        name = name.Name.Value,
        askedAt = name.At,
        authorities = name.Authorities,
        name.Server,
        formerMxForgottenAt = name.FormerMxForgottenAt,
        records = name.Records.Select(r => new
        {
            r.Wanted.Purpose,
            type = ZoneFragment.NameOf(r.Wanted.Type),
            r.Wanted.Name,
            required = r.Wanted.IsRequired,
            r.State,
            r.Remark,
            wanted = r.Proposed.Select(p => p.Value),
            found = r.Found.Select(f => f.Value),
            secondsToLive = (long?)r.TimeToLive?.TotalSeconds,
            text = DnsText.SentenceOf(r),
        }),
    };

    private static string ValuesOf(IEnumerable<DnsRecord> records) => string.Join("; ", records.Select(r => r.Value));
}
