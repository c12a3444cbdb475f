using System.Net;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>The peers that sent X-Forwarded-For without being listed as a proxy; noted by the panel, reported by the doctor.</summary>
public sealed class UnnamedProxies
{
    private IPAddress? _seen;

    /// <summary>The first such peer since the start.</summary>
    public IPAddress? Seen => _seen;

    /// <summary>Notes a peer. True for the first one.</summary>
    public bool Note(IPAddress? peer) => peer is not null && Interlocked.CompareExchange(ref _seen, peer, null) is null;
}
