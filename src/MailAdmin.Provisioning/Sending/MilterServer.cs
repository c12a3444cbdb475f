using System.Net.Sockets;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>Speaks the milter protocol with Postfix (MILTER_README), in addition to the policy service, which sees no headers.</summary>
internal sealed class MilterServer(
    SenderHeaderRule users, ScriptRule scripts, SendingOptions options, LoginOptions logins, ILogger<MilterServer> logger)
    : PostfixSocketServer(options.MilterSocket!, options, logins, logger)
{
    // In octets: headers arrive as many small packets, which are read ahead together.
    private const int ReadAhead = 4096;

    protected override void AnswerAll(Socket client)
    {
        using var stream = new NetworkStream(client);
        // Answers bypass this stream: a BufferedStream can't be written to while it holds data that was read ahead.
        using var input = new BufferedStream(stream, ReadAhead);
        var (packets, session) = (new MilterStream(input, stream), new MilterSession(users, scripts));
        try
        {
            while (!session.IsOver && packets.Read() is { } packet)
            {
                if (session.Take(packet) is { } answer) packets.Write(answer.Command, answer.Data.Span);
            }
        }
        catch (MilterException)
        {
            Malformed();
        }
    }
}
