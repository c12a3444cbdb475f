using System.Net.Sockets;
using System.Text;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>Answers Postfix' policy delegation protocol, one request after the other.</summary>
internal sealed class PolicyServer(SendingPolicy policy, SendingOptions options, LoginOptions logins, ILogger<PolicyServer> logger)
    : PostfixSocketServer(options.Socket!, options, logins, logger)
{
    protected override void AnswerAll(Socket client)
    {
        var process = PeerProcess.Of(client);
        var buffer = new byte[PolicyRequest.MaxLength];
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = client.Receive(buffer.AsSpan(filled));
            if (read == 0) return;
            filled += read;
            while (PolicyRequest.Read(buffer.AsSpan(0, filled), out var length) is { } request)
            {
                var action = policy.Answer(request, process);
                SendingMetrics.Count(action);
                client.Send(Encoding.ASCII.GetBytes($"action={action}\n\n"));
                buffer.AsSpan(length, filled - length).CopyTo(buffer);
                filled -= length;
            }
        }
        Malformed();
    }
}
