using System.Diagnostics.CodeAnalysis;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Addresses;

/// <summary>
/// Any Internet address as a destination (RFC 5322 addr-spec): a dot-atom, an @, a domain. Quoted local parts are refused, because nobody
/// uses them in practice. The case of the local part is kept; the domain is converted to A-labels.
/// </summary>
public sealed record AddrSpec
{
    /// <summary>Maximum length of an address in octets (RFC 5321, section 4.5.3.1.3: a path has 256 with its brackets).</summary>
    public const int MaxLength = 254;

    private const string Punctuation = "!#$%&'*+-/=?^_`{|}~.";

    private AddrSpec(string localPart, DomainName domain) => (LocalPart, Domain) = (localPart, domain);

    public string LocalPart { get; }

    public DomainName Domain { get; }

    /// <summary>
    /// The local part without the first plus and what follows it. A plus at the very beginning is part of the name, as for Postfix.
    /// </summary>
    public string Untagged => LocalPart.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? LocalPart[..plus] : LocalPart;

    /// <summary>Whether it is an SRS return path of forwarded mail; these are longer than other local parts may be.</summary>
    public bool IsReturn => IsReturnPart(LocalPart);

    /// <summary>With A-labels, as in a map.</summary>
    public string Value => $"{LocalPart}@{Domain.Value}";

    /// <summary>With U-labels, for display.</summary>
    public string Display => $"{LocalPart}@{Domain.Display}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out AddrSpec? address, [NotNullWhen(false)] out Problem? problem)
    {
        (address, problem) = (null, null);
        var trimmed = TypedAddress.Clean(text);
        var at = trimmed.LastIndexOf('@');
        if (trimmed.Length == 0) problem = AddressProblems.Missing;
        else if (TypedAddress.InvisibleIn(trimmed) is { } invisible) problem = AddressProblems.Invisible(invisible);
        else if (at <= 0 || !IsDotAtom(trimmed[..at])) problem = AddressProblems.Malformed(trimmed);
        else if (at > Addresses.LocalPart.MaxLength && !IsReturnPart(trimmed)) problem = AddressProblems.TooLong(
            Addresses.LocalPart.MaxLength);
        else if (DomainName.TryParse(trimmed[(at + 1)..], out var domain, out problem))
        {
            if (at + 1 + domain.Value.Length <= MaxLength) address = new AddrSpec(trimmed[..at], domain);
            else problem = AddressProblems.Malformed(trimmed);
        }
        return address is not null;
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out AddrSpec? address) => TryParse(text, out address, out _);

    /// <exception cref="FormatException">The text is not an address.</exception>
    public static AddrSpec Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an address");

    public override string ToString() => Value;

    private static bool IsReturnPart(string text) =>
        text.Length > 5 && text.StartsWith("SRS", StringComparison.OrdinalIgnoreCase) && text[3] is '0' or '1'
            && text[4] is '-' or '+' or '=';

    private static bool IsDotAtom(string text) =>
        text.Split('.').All(atom => atom.Length > 0)
        && text.All(c => char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c, StringComparison.Ordinal));
}
