using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>
/// The login of an account and the name of its mailbox in Cyrus: lower-case letters, digits, <c>. _ -</c>, 64 characters at most. It is
/// never reused, so that a new user gets nothing of a former owner.
/// </summary>
public sealed record Username
{
    public const int MaxLength = 64;

    // Names with a meaning to Cyrus (such as identifiers of RFC 4314), Postfix, the host or the panel's URLs (…/accounts/new).
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "cyrus", "anyone", "anonymous", "owner", "admin", "root", "mail", "postfix", "postmaster", "user", "deleted", "inbox", "new",
    };

    private Username(string value) => Value = value;

    public string Value { get; }

    /// <summary>The manual's scheme: prefix and running number of four digits at least, such as exemple0001.</summary>
    public static Username Numbered(Prefix prefix, long number) =>
        new(prefix.Value + number.ToString("D4", CultureInfo.InvariantCulture));

    public static bool TryParse(string? text, [NotNullWhen(true)] out Username? name, [NotNullWhen(false)] out Problem? problem)
    {
        var folded = AsciiCase.Fold(TypedAddress.Trim(text));
        problem = FaultOf(folded);
        name = problem is null ? new Username(folded) : null;
        return name is not null;
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out Username? name) => TryParse(text, out name, out _);

    /// <summary>
    /// The username of a mailbox on the server; null if no account can have its name. It is compared as it is, because another spelling is
    /// another mailbox.
    /// </summary>
    public static Username? OfMailbox(string name) => TryParse(name, out var username) && username.Value == name ? username : null;

    /// <exception cref="FormatException">The text is not a username.</exception>
    public static Username Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a username");

    public override string ToString() => Value;

    private static Problem? FaultOf(string text)
    {
        if (text.Length == 0) return UsernameProblems.Missing;
        var shaped = text.Length <= MaxLength && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            && !text.Contains("..", StringComparison.Ordinal)
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');
        if (!shaped) return UsernameProblems.Malformed(text);
        return Reserved.Contains(text) ? UsernameProblems.Reserved(text) : null;
    }
}

/// <summary>Reasons why a text cannot be a username.</summary>
public static class UsernameProblems
{
    public static Problem Missing { get; } = new("UsernameMissing");

    public static Problem Malformed(string text) => new("UsernameMalformed", null, text);

    public static Problem Reserved(string text) => new("UsernameReserved", null, text);

    /// <summary>The mail server has a mailbox of this name that this installation did not create.</summary>
    public static Problem OnServer(string text) => new("UsernameOnServer", null, text);

    public static Problem Taken(string text) => new("UsernameTaken", null, text);

    public static Problem TakenByAccount(string text, string domain) => new("UsernameTakenByAccount", null, text, domain);

    /// <param name="until">Until then the account can be restored; its username is not given to anybody afterwards either.</param>
    public static Problem TakenByDeleted(string text, string domain, DateOnly until) =>
        new("UsernameTakenByDeleted", null, text, domain, until);
}
