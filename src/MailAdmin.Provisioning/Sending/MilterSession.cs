using System.Text;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// One connection of the milter protocol, without the connection: a packet goes in, an answer comes out, or none is waited for.
/// </summary>
internal sealed class MilterSession(SenderHeaderRule users, ScriptRule scripts)
{
    /// <summary>As whom the client signed in; absent for who did not.</summary>
    public const string LoginMacro = "{auth_authen}";

    /// <summary>What the client says of whose mail it is (<c>MAIL FROM:&lt;…&gt; AUTH=…</c>).</summary>
    public const string AuthorMacro = "{auth_author}";

    private uint _agreed = MilterNegotiation.Everything;
    private (string Login, string Author) _announced = ("", "");
    private MilterMessage _message = new("", "");

    /// <summary>The client is done.</summary>
    public bool IsOver { get; private set; }

    /// <returns>The answer, or null where none is waited for.</returns>
    /// <exception cref="MilterException">The packet does not hold to the protocol.</exception>
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
            // What was not asked for comes from who does not negotiate.
            case MilterCommand.Connect or MilterCommand.Hello or MilterCommand.Data or MilterCommand.Body or MilterCommand.Unknown
                or MilterCommand.EndOfMessage:
                return new(MilterAnswer.Continue, default);
            default:
                throw new MilterException("a packet with an unknown letter");
        }
    }

    private MilterPacket? Unless(uint step) => (_agreed & step) != 0 ? null : new(MilterAnswer.Continue, default);

    private MilterPacket Verdict() =>
        Refusal() is { } refusal ? new(MilterAnswer.Reply, Encoding.ASCII.GetBytes(refusal + "\0")) : new(MilterAnswer.Accept, default);

    // Whoever signed in is bound as such, whatever the client says besides.
    private string? Refusal() =>
        _message.Login.Length > 0
            ? users.Refusal(_message.Login, _message.Senders) : _message.Author.Length > 0 ? scripts.Refusal(_message) : null;

    // Name, NUL, value, NUL, and so on.
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
