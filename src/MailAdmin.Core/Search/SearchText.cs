using System.Text;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Search;

/// <summary>A search text, prepared for the lookup.</summary>
/// <param name="Value">The text to look up: in lower case, an address with A-labels.</param>
/// <param name="Typed">The text for display.</param>
public sealed record SearchText(string Value, string Typed)
{
    /// <summary>No address is longer; the rest of a longer text is ignored.</summary>
    public const int MaxLength = AddrSpec.MaxLength;

    /// <summary>The least number of characters that the index can find anywhere in a text.</summary>
    public const int IndexedLength = 3;

    public bool IsShort => Value.Length < IndexedLength;

    /// <summary>The text contains non-ASCII characters, so only names in U-labels can match.</summary>
    public bool IsInternational => !Ascii.IsValid(Value);

    /// <summary>The parts of an address, or of the beginning of one; null without an @.</summary>
    public (string Left, string Right)? Address =>
        Untagged.LastIndexOf('@') is >= 0 and var at ? (Untagged[..at], Untagged[(at + 1)..]) : null;

    /// <summary>The text without the tag, as in the entry of the account or alias that the address leads to.</summary>
    public string Untagged =>
        Value.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus && Value.LastIndexOf('@') is var at && at > plus
        ? Value[..plus] + Value[at..] : Value;

    /// <summary>Null if there is nothing to search for. From an address with a display name, only the address is used.</summary>
    public static SearchText? Of(string? typed)
    {
        var trimmed = TypedAddress.Clean(typed);
        if (trimmed.Length > MaxLength) trimmed = trimmed[..MaxLength];
        var text = trimmed.ToLowerInvariant();
        // An address whose domain has U-labels is looked up in its stored form.
        if (!Ascii.IsValid(text) && AddrSpec.TryParse(text, out var address)) text = address.Value;
        return text.Length == 0 ? null : new(text, trimmed);
    }

    /// <summary>The text as it is displayed, in which users search for it.</summary>
    internal static string Display(SearchKind kind, string text) => kind switch
    {
        SearchKind.Domain => DomainName.TryParse(text, out var name) ? name.Display : text,
        _ => AddrSpec.TryParse(text, out var address) ? address.Display : text,
    };
}
