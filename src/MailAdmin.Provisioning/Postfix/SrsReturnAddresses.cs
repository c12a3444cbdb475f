using System.Net.Sockets;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Configuration;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>Queries postsrsd in the same way as Postfix.</summary>
internal sealed class SrsReturnAddresses(MailLayout layout) : IReturnAddresses
{
    // A page waits for the answer.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public async Task<ReturnAddress> FindAsync(AddrSpec address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            var (code, text) = await TcpTable.AskAsync(layout.SrsReverse, address.Value, limit.Token);
            return code switch
            {
                200 => new(ReturnAddressState.Made, text),
                500 => new(ReturnAddressState.Forged),
                _ => new(ReturnAddressState.Away),
            };
        }
        catch (Exception e) when (
            e is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new(ReturnAddressState.Away);
        }
    }
}
