using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Routing;

/// <summary>
/// A recipient in the spellings that mail servers use, which are more than an address field accepts: with a source route
/// (<c>@x.example:anna@exemple.be</c>), quoted (<c>"anna"@exemple.be</c>), or without a domain (<c>postmaster</c>). Postfix reads each of
/// them as an address.
/// </summary>
/// <param name="Address">The address as Postfix reads it.</param>
/// <param name="IsRead">The recipient was spelled differently from the address.</param>
public sealed partial record SpelledRecipient(AddrSpec Address, bool IsRead)
{
    public static bool TryParse(
        string? text, MailHostNames host, [NotNullWhen(true)] out SpelledRecipient? recipient, [NotNullWhen(false)] out Problem? problem)
    {
        recipient = null;
        var typed = TypedAddress.Clean(text);
        var read = Unquote(Route().Replace(typed, ""));
        // An address without a domain belongs to the host's own domain (append_at_myorigin).
        if (host.Origin is { } origin && IsBare(read)) read = $"{read}@{origin}";
        if (AddrSpec.TryParse(read, out var address, out problem))
            recipient = new(address, !string.Equals(read, typed, StringComparison.Ordinal));
        return recipient is not null;
    }

    private static bool IsBare(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+');

    private static string Unquote(string text) =>
        Quoted().Match(text) is { Success: true } match ? match.Groups["part"].Value + match.Groups["domain"].Value : text;

    [GeneratedRegex(@"^@[^:@\s]+(,@[^:@\s]+)*:", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Route();

    [GeneratedRegex("""^"(?<part>[^"\\\s]+)"(?<domain>@.+)?$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
