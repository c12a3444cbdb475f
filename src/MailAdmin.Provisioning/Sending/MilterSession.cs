using System.Text;

namespace MailAdmin.Provisioning.Sending;

/// <summary>The state of one milter connection, without its socket: each packet gets an answer, or null if none is expected.</summary>
internal sealed class MilterSession(SenderHeaderRule users, ScriptRule scripts)
{
    /// <summary>The name that the client signed in with; absent without a sign-in.</summary>
    public const string LoginMacro = "{auth_authen}";

    /// <summary>The client's statement of whose mail it is (<c>MAIL FROM:&lt;…&gt; AUTH=…</c>).</summary>
    public const string AuthorMacro = "{auth_author}";

    private uint _agreed = MilterNegotiation.Everything;
    private (string Login, string Author) _announced = ("", "");
    private MilterMessage _message = new("", "");

    /// <summary>Whether the client has ended the connection.</summary>
    public bool IsOver { get; private set; }

    /// <returns>The answer, or null if none is expected.</returns>
    /// <exception cref="MilterException">The packet violates the protocol.</exception>
    public MilterPacket? Take(MilterPacket packet)
    {
        switch (packet.Command)
        {
            case MilterCommand.Negotiate:
                (var answer, _agreed) = MilterNegotiation.Answer(packet.Data.Span);
                return new(MilterCommand.Negotiate, answer);
            case MilterCommand.Macros:
                if (packet.Data.Span is [(byte)MilterCommand.Mail, .. var macros])
                    _announced = (Value(macros, LoginMacro), Value(macros, AuthorMacro));
                return null;
            case MilterCommand.Mail:
                _message = new(_announced.Login, _announced.Author);
                _announced = ("", "");
                return Unless(MilterNegotiation.NoReplyToMail);
            case MilterCommand.Recipient:
                if (_message.Author.Length > 0) _message.AddRecipient(packet.Data.Span);
                return Unless(MilterNegotiation.NoReplyToRecipients);
            case MilterCommand.Header:
                if (_message.IsBound) _message.AddHeader(packet.Data.Span, packet.IsCut);
                return Unless(MilterNegotiation.NoReplyToHeaders);
            case MilterCommand.EndOfHeaders:
                return Verdict();
            case MilterCommand.Abort or MilterCommand.QuitForNew:
                (_announced, _message) = (("", ""), new("", ""));
                return null;
            case MilterCommand.Quit:
                IsOver = true;
                return null;
            // A client that ignored the negotiation sends these although the milter declined them.
            case MilterCommand.Connect or MilterCommand.Hello or MilterCommand.Data or MilterCommand.Body or MilterCommand.Unknown
                or MilterCommand.EndOfMessage:
                return new(MilterAnswer.Continue, default);
            default:
                throw new MilterException("a packet with an unknown letter");
        }
    }

    private MilterPacket? Unless(uint step) => (_agreed & step) != 0 ? null : new(MilterAnswer.Continue, default);

    private MilterPacket Verdict()
    {
        var refusal = Refusal();
        if (_message.IsBound) SendingMetrics.CountVerdict(_message.Login.Length > 0 ? "user" : "script", refusal is not null);
        return refusal is null ? new(MilterAnswer.Accept, default) : new(MilterAnswer.Reply, Encoding.ASCII.GetBytes(refusal + "\0"));
    }

    // A client that signed in is checked as that account, whatever its AUTH parameter says.
    private string? Refusal() =>
        _message.Login.Length > 0
            ? users.Refusal(_message.Login, _message.Senders) : _message.Author.Length > 0 ? scripts.Refusal(_message) : null;

    // The format is name, NUL, value, NUL, repeated.
    private static string Value(ReadOnlySpan<byte> macros, string wanted)
    {
        string? name = null;
        foreach (var range in macros.Split((byte)0))
        {
            var text = Encoding.UTF8.GetString(macros[range]);
            if (name is null)
            {
                name = text;
                continue;
            }
            if (name == wanted) return text;
            name = null;
        }
        return "";
    }
}
