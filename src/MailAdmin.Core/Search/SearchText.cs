using System.Text;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Search;

/// <summary>What was typed, made ready for looking it up.</summary>
/// <param name="Value">As it is looked up: in lower case, an address with A-labels.</param>
/// <param name="Typed">For people.</param>
public sealed record SearchText(string Value, string Typed)
{
    /// <summary>No address is longer; what stands behind is left out.</summary>
    public const int MaxLength = AddrSpec.MaxLength;

    /// <summary>From how many characters on the index knows every place in a text.</summary>
    public const int IndexedLength = 3;

    public bool IsShort => Value.Length < IndexedLength;

    /// <summary>Only names as people write them, with U-labels, can hold it.</summary>
    public bool IsInternational => !Ascii.IsValid(Value);

    /// <summary>The parts of an address, or of what begins like one; null without an @.</summary>
    public (string Left, string Right)? Address =>
        Untagged.LastIndexOf('@') is >= 0 and var at ? (Untagged[..at], Untagged[(at + 1)..]) : null;

    /// <summary>Without the tag: what an account or alias is kept under to which the address leads.</summary>
    public string Untagged =>
        Value.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus && Value.LastIndexOf('@') is var at && at > plus
        ? Value[..plus] + Value[at..] : Value;

    /// <summary>Null when there is nothing to look for. Of an address as mail programs write it, only the address is looked for.</summary>
    public static SearchText? Of(string? typed)
    {
        var trimmed = TypedAddress.Clean(typed);
        if (trimmed.Length > MaxLength) trimmed = trimmed[..MaxLength];
        var text = trimmed.ToLowerInvariant();
        // An address with a name in U-labels is looked up as it is kept.
        if (!Ascii.IsValid(text) && AddrSpec.TryParse(text, out var address)) text = address.Value;
        return text.Length == 0 ? null : new(text, trimmed);
    }

    /// <summary>As it is shown to people, and so as they look for it.</summary>
    internal static string Display(SearchKind kind, string text) => kind switch
    {
        SearchKind.Domain => DomainName.TryParse(text, out var name) ? name.Display : text,
        _ => AddrSpec.TryParse(text, out var address) ? address.Display : text,
    };
}
