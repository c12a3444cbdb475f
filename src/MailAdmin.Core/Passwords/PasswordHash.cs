using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Core.Passwords;

/// <summary>How a password was hashed: our own bcrypt, or what an imported account brings along (crypt(5)).</summary>
public enum PasswordScheme
{
    Bcrypt,
    Sha512,
    Sha256,
    Md5,
    Yescrypt,
}

/// <summary>
/// A stored hash whose shape is known to be whole. Libraries throw, or say yes, on others, so this is the only door: what it does not
/// take is no hash, and lets nobody in.
/// </summary>
public sealed partial record PasswordHash
{
    private PasswordHash(string value, PasswordScheme scheme, int cost) => (Value, Scheme, Cost) = (value, scheme, cost);

    /// <summary>The string of crypt(5): <c>$2b$11$…</c>.</summary>
    public string Value { get; }

    public PasswordScheme Scheme { get; }

    /// <summary>bcrypt's cost, the logarithm of its rounds; 0 for the other schemes.</summary>
    public int Cost { get; }

    /// <summary>Takes <c>$2a$ $2b$ $2y$</c>, <c>$6$ $5$ $1$ $y$</c>; never <c>$2x$</c>, whose algorithm was wrong.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PasswordHash? hash)
    {
        hash = text is null ? null : ReadBcrypt(text) ?? ReadOther(text);
        return hash is not null;
    }

    /// <summary>Without the value: a hash in a log is a password given away slowly.</summary>
    public override string ToString() => $"({Scheme})";

    private static PasswordHash? ReadBcrypt(string text)
    {
        var match = BcryptShape().Match(text);
        if (!match.Success) return null;
        return new PasswordHash(text, PasswordScheme.Bcrypt, int.Parse(match.Groups["cost"].ValueSpan, CultureInfo.InvariantCulture));
    }

    private static PasswordHash? ReadOther(string text)
    {
        var match = OtherShape().Match(text);
        if (!match.Success) return null;
        var scheme = text[1] switch
        {
            '6' => PasswordScheme.Sha512,
            '5' => PasswordScheme.Sha256,
            '1' => PasswordScheme.Md5,
            _ => PasswordScheme.Yescrypt,
        };
        return new PasswordHash(text, scheme, 0);
    }

    // 22 characters of salt and 31 of hash.
    [GeneratedRegex(@"\A\$2[aby]\$(?<cost>0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex BcryptShape();

    [GeneratedRegex(
        """
        \A(
            \$6\$(rounds=[1-9][0-9]{3,8}\$)?[^$:\s\\!*]{1,16}\$[./A-Za-z0-9]{86}
          | \$5\$(rounds=[1-9][0-9]{3,8}\$)?[^$:\s\\!*]{1,16}\$[./A-Za-z0-9]{43}
          | \$1\$[^$:\s\\!*]{0,8}\$[./A-Za-z0-9]{22}
          | \$y\$[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}
        )\z
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 100)]
    private static partial Regex OtherShape();
}
