using System.Globalization;

namespace MailAdmin.Provisioning.Sieve;

internal enum SieveStatus
{
    Ok,
    No,
    Bye,
}

/// <summary>The server's whole response to one command (RFC 5804, sections 1.2 and 1.3).</summary>
/// <param name="Code">The response code in upper case without its arguments, such as <c>QUOTA/MAXSIZE</c>; empty if there is none.</param>
/// <param name="ResponseText">The server's text for people; may be empty.</param>
/// <param name="Lines">The lines before the status.</param>
internal sealed record SieveResponse(SieveStatus Status, string Code, string ResponseText, IReadOnlyList<IReadOnlyList<SieveToken>> Lines)
{
    // No user has more scripts, and no server more capabilities.
    private const int MaxLines = 10_000;

    // Without this limit a server could send the largest literal again and again.
    private const int MaxCharacters = SieveReader.MaxLiteral;

    /// <exception cref="SieveProtocolException">The input is not a response, or an endless one.</exception>
    /// <exception cref="EndOfStreamException">The connection ended.</exception>
    public static async Task<SieveResponse> ReadAsync(SieveReader reader, CancellationToken cancellationToken)
    {
        var lines = new List<IReadOnlyList<SieveToken>>();
        var characters = 0L;
        while (true)
        {
            var line = await reader.ReadLineAsync(cancellationToken);
            if (StatusOf(line) is { } status) return Of(status, line, lines);
            if (line is not [{ Kind: SieveTokenKind.String }, ..])
                throw new SieveProtocolException("What came is no answer of ManageSieve");
            lines.Add(line);
            characters += line.Sum(t => (long)t.Text.Length);
            if (lines.Count > MaxLines || characters > MaxCharacters) throw new SieveProtocolException("The answer has no end");
        }
    }

    /// <summary>Returns this response if it is OK; otherwise throws the exception for its status and code.</summary>
    /// <param name="place">The server's name, for messages.</param>
    /// <param name="uncoded">The reason of a NO without a code.</param>
    /// <exception cref="SieveRefusedException">The status is NO, or the server refers elsewhere.</exception>
    /// <exception cref="SieveUnavailableException">The status is BYE, or the server says to try later.</exception>
    public SieveResponse Accepted(string place, SieveRefusal uncoded = SieveRefusal.Other)
    {
        if (Status == SieveStatus.Ok) return this;
        var words = ResponseText.Length > 0 ? ResponseText : Code.Length > 0 ? Code : Status.ToString().ToUpperInvariant();
        if (Code == "REFERRAL")
            throw new SieveRefusedException(SieveRefusal.Referral, $"{place} sends us to another server, where we don't go: {words}");
        if (Status == SieveStatus.Bye || Code == "TRYLATER") throw new SieveUnavailableException($"{place}: {words}");
        throw new SieveRefusedException(ReasonOf(Code, uncoded), words);
    }

    private static SieveRefusal ReasonOf(string code, SieveRefusal uncoded) => code switch
    {
        "QUOTA/MAXSIZE" => SieveRefusal.ScriptTooLarge,
        "QUOTA/MAXSCRIPTS" => SieveRefusal.TooManyScripts,
        "AUTH-TOO-WEAK" or "ENCRYPT-NEEDED" or "TRANSITION-NEEDED" => SieveRefusal.SignIn,
        "NONEXISTENT" => SieveRefusal.Missing,
        "ALREADYEXISTS" => SieveRefusal.NameTaken,
        "ACTIVE" => SieveRefusal.Active,
        _ when code.StartsWith("QUOTA", StringComparison.Ordinal) => SieveRefusal.Quota,
        _ => uncoded,
    };

    private static SieveStatus? StatusOf(IReadOnlyList<SieveToken> line) =>
        line is [{ Kind: SieveTokenKind.Atom } first, ..] ? first.Text switch
        {
            "OK" => SieveStatus.Ok,
            "NO" => SieveStatus.No,
            "BYE" => SieveStatus.Bye,
            _ => null,
        } : null;

    private static SieveResponse Of(SieveStatus status, IReadOnlyList<SieveToken> line, List<IReadOnlyList<SieveToken>> lines)
    {
        var code = line is [_, { Kind: SieveTokenKind.Open }, { Kind: SieveTokenKind.Atom } atom, ..] ? atom.Text : "";
        // The words are the last token, outside of the code's parentheses.
        var words = line is [_, .., { Kind: SieveTokenKind.String } last] ? last.Text : "";
        return new(status, code, Printable(words), lines);
    }

    // Control characters are removed because the words are shown and logged unchanged.
    private static string Printable(string words) =>
        string.Concat(words.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? ' ' : c)).Trim();
}
