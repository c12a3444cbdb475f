using MailAdmin.Core.Data;

namespace MailAdmin.Core.Audit;

/// <summary>Appends the transaction's events to the chain. It runs last, because the steps before it record events too.</summary>
internal sealed class AuditStep : ITransactionStep
{
    public bool IsPreviewed => false;

    public Task RunAsync(MailWrite write, CancellationToken cancellationToken)
    {
        // A domain that was created in this transaction has its id now.
        foreach (var (item, domain) in write.Events) item.DomainId = domain?.Id;
        return AuditTrail.AppendAsync(write.Context, write.AuditHead, [.. write.Events.Select(e => e.Event)], cancellationToken);
    }
}
