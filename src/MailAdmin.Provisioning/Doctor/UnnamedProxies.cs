using System.Net;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Who sent X-Forwarded-For without being named as a proxy; noted by the panel, told by the doctor.</summary>
public sealed class UnnamedProxies
{
    private IPAddress? _seen;

    /// <summary>The first one since the start.</summary>
    public IPAddress? Seen => _seen;

    /// <summary>True for the first one.</summary>
    public bool Note(IPAddress? peer) => peer is not null && Interlocked.CompareExchange(ref _seen, peer, null) is null;
}
