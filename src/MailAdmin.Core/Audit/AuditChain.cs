namespace MailAdmin.Core.Audit;

/// <summary>Verifies the hash chain, event by event in the order of their ids, and collects the faults.</summary>
/// <param name="head">The end of the chain as stored beside the change counter.</param>
/// <param name="noted">Heads that were noted earlier.</param>
internal sealed class AuditChain(AuditHead head, IReadOnlyCollection<AuditHead> noted)
{
    private readonly ILookup<long, AuditHead> _noted = noted.ToLookup(n => n.Id);
    private readonly HashSet<AuditHead> _met = [];
    private readonly List<AuditFault> _faults = [];
    private long _faultCount;
    private long _last;
    private string _hash = "";

    public long Count { get; private set; }

    public void Add(AuditEvent item)
    {
        Count++;
        if (item.Id < 1 || item.Id > head.Id)
        {
            Found(AuditFaultKind.Inserted, item.Id, item.Id);
            return;
        }
        // The hash before a gap is lost with the gap, so the event after it cannot be checked.
        if (item.Id > _last + 1) Found(AuditFaultKind.Missing, _last + 1, item.Id - 1);
        else if (item.Hash != AuditTrail.HashOf(_hash, item)) Found(AuditFaultKind.Edited, item.Id, item.Id);
        foreach (var expected in _noted[item.Id])
        {
            _met.Add(expected);
            if (expected.Hash != item.Hash) Found(AuditFaultKind.Rewritten, item.Id, item.Id);
        }
        (_last, _hash) = (item.Id, item.Hash);
    }

    public AuditReport Finish()
    {
        if (_last < head.Id) Found(AuditFaultKind.CutOff, _last + 1, head.Id);
        else if (_hash != head.Hash) Found(AuditFaultKind.EndDiffers, _last, _last);
        foreach (var lost in noted.Except(_met)) Found(AuditFaultKind.Rewritten, lost.Id, lost.Id);
        return new(Count, head, _faults, _faultCount);
    }

    private void Found(AuditFaultKind kind, long first, long last)
    {
        _faultCount++;
        if (_faults.Count < AuditReport.MaxFaults) _faults.Add(new(kind, first, last));
    }
}
