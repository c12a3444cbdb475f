using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Domains;

/// <summary>
/// Where the mail of a relayed domain goes, in the notation of Postfix' transport(5): <c>smtp:[mail.example.org]:25</c>,
/// <c>lmtp:[192.0.2.1]:24</c>, <c>lmtp:unix:/run/lmtp</c>. It is always a server, never a domain whose MX would be looked up, because the
/// MX may be this host.
/// </summary>
public sealed partial record NextHop
{
    private const int MaxLength = 300;
    private const int MatchMilliseconds = 1_000;

    private NextHop(string value, string? host, int port) => (Value, Host, Port) = (value, host, port);

    /// <summary>The value in the transport map.</summary>
    public string Value { get; }

    /// <summary>A name in A-labels or an IP address; null for a Unix socket.</summary>
    public string? Host { get; }

    public int Port { get; }

    public bool IsSmtp => Value.StartsWith("smtp:", StringComparison.Ordinal);

    public IPAddress? Address => IPAddress.TryParse(Host, out var address) ? address : null;

    public static bool TryParse(string? text, [NotNullWhen(true)] out NextHop? hop, [NotNullWhen(false)] out Problem? problem)
    {
        (hop, problem) = (null, null);
        var trimmed = (text ?? "").Trim();
        var match = Shape().Match(trimmed);
        if (trimmed.Length == 0) problem = NextHopProblems.Missing;
        else if (trimmed.Length <= MaxLength && Socket().IsMatch(trimmed)) hop = new NextHop(trimmed, null, 0);
        else if (trimmed.Length <= MaxLength && Unbracketed().IsMatch(trimmed)) problem = NextHopProblems.Unbracketed(trimmed);
        else if (
            trimmed.Length > MaxLength || !match.Success
            || HostOf(match.Groups["host"].Value) is not { } host) problem = NextHopProblems.Malformed(trimmed);
        else if (PortOf(match) is not { } port) problem = NextHopProblems.Port(match.Groups["port"].Value);
        else hop = Of(match.Groups["protocol"].Value.ToLowerInvariant(), host, port, match.Groups["port"].Success);
        return hop is not null;
    }

    /// <summary>For values that are known to be valid: from the database, in tests.</summary>
    /// <exception cref="FormatException">The text is not a next hop.</exception>
    public static NextHop Parse(string text) =>
        TryParse(text, out var hop, out _) ? hop : throw new FormatException($"'{text}' is not a next hop");

    public override string ToString() => Value;

    private static NextHop Of(string protocol, string host, int port, bool isTold)
    {
        var literal = host.Contains(':', StringComparison.Ordinal) ? $"ipv6:{host}" : host;
        return new(string.Create(CultureInfo.InvariantCulture, $"{protocol}:[{literal}]{(isTold ? $":{port}" : "")}"), host, port);
    }

    private static int? PortOf(Match match)
    {
        if (!match.Groups["port"].Success)
            return match.Groups["protocol"].Value.Equals("smtp", StringComparison.OrdinalIgnoreCase) ? 25 : 24;
        return int.TryParse(match.Groups["port"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= ushort.MaxValue ? port : null;
    }

    // IPAddress would also accept 1.2 and 0x7f000001, which Postfix does not.
    private static string? HostOf(string text)
    {
        var six = text.StartsWith("ipv6:", StringComparison.OrdinalIgnoreCase) ? text[5..] : text;
        if (six.Contains(':', StringComparison.Ordinal))
            return IPAddress.TryParse(six, out var v6) && v6 is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: 0 }
                && !six.Contains('%', StringComparison.Ordinal) ? v6.ToString() : null;
        if (FourNumbers().IsMatch(text)) return IPAddress.TryParse(text, out var v4) && v4.ToString() == text ? text : null;
        if (DomainName.TryParse(text, out var name)) return name.Value;
        return Label().IsMatch(text) ? text.ToLowerInvariant() : null;
    }

    [GeneratedRegex(
        @"^(?<protocol>smtp|lmtp):\[(?<host>[^\[\]\s]+)\](:(?<port>[^:\s]*))?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        MatchMilliseconds)]
    private static partial Regex Shape();

    [GeneratedRegex(
        @"^(smtp|lmtp):(inet:)?[\p{L}\p{N}.-]+(:[0-9]*)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Unbracketed();

    [GeneratedRegex("^lmtp:unix:/[A-Za-z0-9._/+-]+$", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Socket();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+){3}$", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex FourNumbers();

    [GeneratedRegex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Label();
}

/// <summary>Reasons why a next hop is refused.</summary>
public static class NextHopProblems
{
    public static Problem Missing { get; } = new("NextHopMissing");

    public static Problem Malformed(string text) => new("NextHopMalformed", null, text);

    /// <summary>Without brackets Postfix would look up the MX.</summary>
    public static Problem Unbracketed(string text) => new("NextHopUnbracketed", null, text);

    public static Problem Port(string text) => new("NextHopPort", null, text);

    /// <summary>The server greets with this host's own name.</summary>
    public static Problem PerhapsOurselves(string hop) => new("NextHopPerhapsOurselves", null, hop);

    public static Problem Ourselves(string host) => new("NextHopOurselves", null, host);
}
