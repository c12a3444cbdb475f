using MailAdmin.Core.Dns;
using MailAdmin.Provisioning.Dns;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that the resolver answers: without it no mail leaves this host, and the pages on domains' DNS know nothing.</summary>
internal sealed class ResolverCheck(IDnsLookup lookup, DnsInspector inspector) : Check("Resolver")
{
    // If the mail host's name is unknown, the top-level domain that the DNS has always had.
    private const string AnyName = "org";

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var name = inspector.Policy.MailHost?.Value ?? AnyName;
        var answer = await lookup.AskAsync(name, DnsType.A, DnsAuthorities.None, cancellationToken);
        return answer.Outcome switch
        {
            DnsOutcome.Failed => [new("ResolverFailed", "/etc/resolv.conf", null, name, $"{answer.Server}: {answer.Failure}")],
            DnsOutcome.Silent => [new("ResolverSilent", "/etc/resolv.conf", null, name)],
            _ => [],
        };
    }
}
