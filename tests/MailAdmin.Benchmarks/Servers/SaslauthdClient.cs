using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Benchmarks.Servers;

/// <summary>Asks a login socket as libsasl does, with one connection for each question.</summary>
internal static class SaslauthdClient
{
    /// <summary>Whether the answer is OK; false also if there is no answer.</summary>
    public static bool Ask(UnixDomainSocketEndPoint socket, byte[] request)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(socket);
        client.Send(request);
        Span<byte> answer = stackalloc byte[256];
        var length = 0;
        // saslauthd sends the length and the text separately.
        while (length < 4 && client.Receive(answer[length..]) is var read and > 0) length += read;
        return length >= 4 && answer[2..4].SequenceEqual("OK"u8);
    }

    public static byte[] Request(string user, string password, string service) =>
        [.. Field(user), .. Field(password), .. Field(service), .. Field("")];

    private static byte[] Field(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        return [(byte)(octets.Length >> 8), (byte)octets.Length, .. octets];
    }
}
