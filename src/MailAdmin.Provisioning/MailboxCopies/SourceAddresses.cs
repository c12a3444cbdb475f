using System.Net;
using System.Net.Sockets;
using MailAdmin.Core.MailboxCopies;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// Connects to an address of the other server that the copy may reach. The name is resolved once, and the connection goes to the address
/// that was checked: a second answer of the DNS can't lead elsewhere.
/// </summary>
public sealed class SourceAddresses(SourceNetworks networks)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <exception cref="CopyException">There is no such host, none of its addresses may be reached, or none answers.</exception>
    internal async Task<Socket> ConnectAsync(MailboxSource source, CancellationToken cancellationToken)
    {
        var found = await ResolveAsync(source.Host, cancellationToken);
        var open = found.Where(a => source.ReachesPrivateNetworks || networks.AreOpen(a)).ToList();
        // The same words for every such address: they tell nothing about what is there.
        if (open.Count == 0) throw new CopyException(CopyFailure.NetworkForbidden);
        CopyException? last = null;
        foreach (var address in open)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(address, source.Port), cancellationToken);
            }
            catch (CopyException none)
            {
                last = none;
            }
        }
        throw last!;
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var address)) return [address];
        try
        {
            return await System.Net.Dns.GetHostAddressesAsync(host, cancellationToken) is { Length: > 0 } found
                ? found : throw new CopyException(CopyFailure.HostUnknown);
        }
        catch (SocketException e)
        {
            throw new CopyException(CopyFailure.HostUnknown, inner: e);
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint place, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(place, timeout.Token);
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is SocketException) throw new CopyException(CopyFailure.NoAnswer, e.Message, e);
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new CopyException(CopyFailure.NoAnswer, inner: e);
            throw;
        }
    }
}
