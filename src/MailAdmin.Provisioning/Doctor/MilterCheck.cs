using System.Net.Sockets;
using MailAdmin.Provisioning.Sending;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>The milter answers, asked as Postfix asks at the beginning of a connection.</summary>
internal sealed class MilterCheck(string path, DoctorOptions options) : Check("Milter")
{
    // Version 6, and everything that Postfix offers.
    private static readonly byte[] Offer = [0, 0, 0, 6, 0, 0, 1, 0xFF, 0, 0x1F, 0xFF, 0xFF];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await IsAnsweredAsync(limit.Token) ? [] : [new("MilterOdd", path, null, path)];
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            var words = e is OperationCanceledException ? $"{Patience.TotalSeconds:0} s" : e.Message;
            return [new("MilterSilent", $"{options.SettingsFile}: Sending:Milter", null, path, words)];
        }
    }

    private async Task<bool> IsAnsweredAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        await using var stream = new NetworkStream(socket);
        var packets = new MilterStream(stream, stream);
        await packets.WriteAsync(MilterCommand.Negotiate, Offer, cancellationToken);
        try
        {
            return await packets.ReadAsync(cancellationToken) is { Command: MilterCommand.Negotiate };
        }
        catch (MilterException)
        {
            return false;
        }
    }
}
