using System.Diagnostics.CodeAnalysis;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Hosters;

/// <summary>
/// A picture that every browser can show and that cannot contain a script; its type is determined from its structure, not its name.
/// </summary>
public sealed class Logo
{
    /// <summary>Maximum size in octets.</summary>
    public const int MaxOctets = 200_000;

    private Logo(byte[] content, string type) => (Content, Type) = (content, type);

    public byte[] Content { get; }

    /// <summary>Media type.</summary>
    public string Type { get; }

    /// <summary>Problems carry the field Logo.</summary>
    public static bool TryRead(byte[]? content, [NotNullWhen(true)] out Logo? logo, [NotNullWhen(false)] out Problem? problem)
    {
        (logo, problem) = (null, null);
        if (content is not { Length: > 0 }) problem = HosterProblems.LogoMissing;
        else if (content.Length > MaxOctets) problem = HosterProblems.LogoTooLarge;
        else if (PictureTypes.Of(content) is { } type) logo = new(content, type);
        else problem = HosterProblems.LogoUnknown;
        return logo is not null;
    }
}
