using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that the mail store accepts mail, and that no waiting message is older than a few retries.</summary>
internal sealed class NextHopCheck(MailLayout layout, StoreNextHop store, TimeProvider clock) : Check("NextHop")
{
    // Postfix retries after five minutes at first: a message that waits for longer has failed several times.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var fault = await store.FaultAsync(cancellationToken);
        Finding[] away = fault is null
            ? [] : [new(
                "NextHopAway", layout.NextHop, $"lmtpunix cmd=\"lmtpd\" listen=\"{layout.LmtpListen}\" prefork=0", layout.NextHop, fault)];
        return [.. away, .. await WaitingAsync(cancellationToken)];
    }

    private async Task<IReadOnlyList<Finding>> WaitingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var late = (await store.WaitingAsync(cancellationToken)).Where(m => clock.GetUtcNow() - m.ArrivedAt > Timeout).ToList();
            return StoreNextHop.FirstOf(late) is not { } first
                ? [] : [new("MailWaits", "postqueue -p", null, late.Count, first.Since, first.ServerMessage)];
        }
        catch (CommandException failure)
        {
            return [Finding.Unknown("CouldNotLook", failure.Message)];
        }
    }
}
