using System.Net.Sockets;
using MailAdmin.Provisioning.Sending;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that the milter answers, with the packet that Postfix sends at the start of a connection.</summary>
internal sealed class MilterCheck(string path, DoctorOptions options) : Check("Milter")
{
    // Version 6, and everything that Postfix offers.
    private static readonly byte[] Offer = [0, 0, 0, 6, 0, 0, 1, 0xFF, 0, 0x1F, 0xFF, 0xFF];
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(IsAnswered, cancellationToken) ? [] : [new("MilterOdd", path, null, path)];
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            var isLate = e.GetBaseException() is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock };
            return [new(
                "MilterSilent", $"{options.SettingsFile}: Sending:Milter", null, path, isLate
                ? $"{Timeout.TotalSeconds:0} s" : e.Message)];
        }
    }

    private bool IsAnswered()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        (socket.SendTimeout, socket.ReceiveTimeout) = ((int)Timeout.TotalMilliseconds, (int)Timeout.TotalMilliseconds);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        using var stream = new NetworkStream(socket);
        var packets = new MilterStream(stream, stream);
        packets.Write(MilterCommand.Negotiate, Offer);
        try
        {
            return packets.Read() is { Command: MilterCommand.Negotiate };
        }
        catch (MilterException)
        {
            return false;
        }
    }
}
