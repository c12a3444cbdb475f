using System.Text;

namespace MailAdmin.Provisioning.Sending;

/// <summary>One connection of the milter protocol, without the connection: a packet goes in, an answer comes out, or none is waited for.</summary>
internal sealed class MilterSession(SenderHeaderRule rule)
{
    /// <summary>As whom the client signed in; absent for who did not.</summary>
    public const string LoginMacro = "{auth_authen}";

    /// <summary>What the client says of whose mail it is (<c>MAIL FROM:&lt;…&gt; AUTH=…</c>).</summary>
    public const string AuthorMacro = "{auth_author}";

    private uint _agreed = MilterNegotiation.Everything;
    private string _announced = "";
    private string _login = "";
    private SenderHeaders _headers = new();

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
                if (packet.Data.Span is [(byte)MilterCommand.Mail, .. var macros]) _announced = Value(macros, LoginMacro);
                return null;
            case MilterCommand.Mail:
                Begin();
                return Unless(MilterNegotiation.NoReplyToMail);
            case MilterCommand.Header:
                // Nobody signed in, so nobody's rights are to be looked at.
                if (_login.Length > 0) _headers.Add(packet.Data.Span, packet.IsCut);
                return Unless(MilterNegotiation.NoReplyToHeaders);
            case MilterCommand.EndOfHeaders:
                return Verdict();
            case MilterCommand.Abort or MilterCommand.QuitForNew:
                (_announced, _login, _headers) = ("", "", new());
                return null;
            case MilterCommand.Quit:
                IsOver = true;
                return null;
            // What was not asked for comes from who does not negotiate.
            case MilterCommand.Connect or MilterCommand.Hello or MilterCommand.Recipient or MilterCommand.Data or MilterCommand.Body or MilterCommand.Unknown or MilterCommand.EndOfMessage:
                return new(MilterAnswer.Continue, default);
            default:
                throw new MilterException("a packet with an unknown letter");
        }
    }

    private void Begin() => (_login, _announced, _headers) = (_announced, "", new());

    private MilterPacket? Unless(uint step) => (_agreed & step) != 0 ? null : new(MilterAnswer.Continue, default);

    private MilterPacket Verdict()
    {
        if (_login.Length == 0 || rule.Refusal(_login, _headers) is not { } refusal) return new(MilterAnswer.Accept, default);
        return new(MilterAnswer.Reply, Encoding.ASCII.GetBytes(refusal + "\0"));
    }

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
