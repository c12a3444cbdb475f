using System.Net.Sockets;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>Speaks the milter protocol with Postfix (MILTER_README), beside the policy service, which sees no header.</summary>
internal sealed class MilterServer(
    SenderHeaderRule users, ScriptRule scripts, SendingOptions options, LoginOptions logins, ILogger<MilterServer> logger)
    : PostfixSocketServer(options.MilterSocket!, options, logins, logger)
{
    // Headers come as many small packets in few reads.
    private const int ReadAhead = 4096;

    protected override void AnswerAll(Socket client)
    {
        using var stream = new NetworkStream(client);
        // Answers go past it: it can't be written to while it holds what was read ahead.
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
