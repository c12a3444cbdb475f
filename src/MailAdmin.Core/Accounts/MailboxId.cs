using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MailAdmin.Core.Accounts;

/// <summary>
/// Identifies a mailbox on the server (MAILBOXID, RFC 8474): it stays the same for the mailbox's lifetime, and no other mailbox has it. The
/// panel chooses it when it creates the account, so it can always tell the account's mailbox from another one of that name.
/// </summary>
public sealed record MailboxId
{
    /// <summary>RFC 8474, section 7.</summary>
    public const int MaxLength = 255;

    // The format that Cyrus itself uses.
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 24;

    private MailboxId(string value) => Value = value;

    public string Value { get; }

    public static MailboxId New() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    public static bool TryParse(string? text, [NotNullWhen(true)] out MailboxId? id)
    {
        var isId = text is { Length: > 0 and <= MaxLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        id = isId ? new MailboxId(text!) : null;
        return isId;
    }

    /// <exception cref="FormatException">The text is not a MAILBOXID.</exception>
    public static MailboxId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a MAILBOXID");

    public override string ToString() => Value;
}

/// <summary>A mailbox by its name, and by the id that distinguishes it from another one of that name.</summary>
/// <param name="Id">Null if it has not been recorded yet.</param>
public sealed record AccountMailbox(Username Username, MailboxId? Id);
