using System.Text;
using MailAdmin.Core.Results;
using Zxcvbn.Matcher;

namespace MailAdmin.Core.Passwords;

/// <summary>The rules for a new password, the same on every form. No problem ever contains the password or a part of it.</summary>
public static class PasswordRules
{
    /// <summary>Minimum number of characters.</summary>
    public const int MinLength = 8;

    // zxcvbn's score is 0 to 4; below 2 a password can be guessed over the network.
    private const int MinScore = 2;

    // Shorter matches occur in any password.
    private const int MinTelling = 3;

    // Loads its dictionaries once.
    private static readonly Lazy<Zxcvbn.Zxcvbn> Estimator = new(() => new Zxcvbn.Zxcvbn());

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// All problems of the password; empty if it is accepted. It is checked in its normalized form (<see cref="OpaqueString"/>). Spaces
    /// count, but are refused at its ends, as are invisible characters: both get in when a password is pasted, and are never typed.
    /// </summary>
    /// <param name="password">The password as entered.</param>
    /// <param name="confirmation">The password as entered the second time, which has to be identical.</param>
    /// <param name="ownNames">Words that an attacker would try first: username, address, the person's name, the domain.</param>
    public static IReadOnlyList<Problem> Check(string? password, string? confirmation, IEnumerable<string> ownNames)
    {
        if (string.IsNullOrEmpty(password)) return [PasswordProblems.Missing];
        var normal = OpaqueString.Normalize(password);
        List<Problem> problems = [.. Shape(normal)];
        if (problems.Count == 0) problems.AddRange(Strength(normal, ownNames));
        if (!string.Equals(normal, OpaqueString.Normalize(confirmation ?? ""), StringComparison.Ordinal))
            problems.Add(PasswordProblems.ConfirmationDiffers);
        return problems;
    }

    private static IEnumerable<Problem> Shape(string password)
    {
        if (Octets(password) is not { } octets || password.Any(char.IsControl))
        {
            yield return PasswordProblems.ControlCharacters;
            yield break;
        }

        if (OpaqueString.HasInvisible(password)) yield return PasswordProblems.Invisible;
        if (password[0] == ' ' || password[^1] == ' ') yield return PasswordProblems.OuterSpaces;
        if (password.EnumerateRunes().Count() < MinLength) yield return PasswordProblems.TooShort;
        if (octets > PasswordHasher.MaxOctets) yield return PasswordProblems.TooLong;
        if (!password.EnumerateRunes().Any(Rune.IsLetter) || !password.EnumerateRunes().Any(Rune.IsDigit))
            yield return PasswordProblems.LetterAndDigit;
    }

    // Null for a lone surrogate, which no client can send again.
    private static int? Octets(string password)
    {
        try
        {
            return StrictUtf8.GetByteCount(password);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static List<Problem> Strength(string password, IEnumerable<string> ownNames)
    {
        var result = Estimator.Value.EvaluatePassword(password, WithParts(ownNames));
        if (result.Score >= MinScore) return [];
        var reasons = result.MatchSequence.Where(m => m.j - m.i + 1 >= MinTelling).Select(ReasonOf).OfType<Problem>().Distinct().ToList();
        return reasons.Count > 0 ? reasons : [PasswordProblems.TooWeak];
    }

    // gugus.dupont@exemple.be can be guessed by each of its parts as well.
    private static List<string> WithParts(IEnumerable<string> names) =>
        [.. names.SelectMany(name => (IEnumerable<string>)[name, .. name.Split(['.', '_', '-', '@', ' ', '\''])])
            .Select(name => name.ToLowerInvariant()).Where(name => name.Length >= MinTelling).Distinct(StringComparer.Ordinal)];

    private static Problem? ReasonOf(Zxcvbn.Match match) => match switch
    {
        DictionaryMatch { DictionaryName: "user_inputs" } => PasswordProblems.OwnName,
        DictionaryMatch => PasswordProblems.CommonWord,
        DateMatch or { Pattern: "date" or "year" } => PasswordProblems.Date,
        SequenceMatch => PasswordProblems.Sequence,
        RepeatMatch => PasswordProblems.Repeat,
        SpatialMatch => PasswordProblems.Keyboard,
        _ => null,
    };
}

/// <summary>Reasons why a password is refused. The fields are <c>Password</c> and <c>Confirmation</c>.</summary>
public static class PasswordProblems
{
    public static Problem Missing { get; } = new("PasswordMissing", "Password");
    public static Problem ConfirmationDiffers { get; } = new("PasswordConfirmationDiffers", "Confirmation");
    public static Problem TooShort { get; } = new("PasswordTooShort", "Password", PasswordRules.MinLength);
    public static Problem LetterAndDigit { get; } = new("PasswordLetterAndDigit", "Password");
    public static Problem TooLong { get; } = new("PasswordTooLong", "Password", PasswordHasher.MaxOctets);
    public static Problem ControlCharacters { get; } = new("PasswordControlCharacters", "Password");

    /// <summary>A character that is displayed as nothing: U+200B, U+FEFF.</summary>
    public static Problem Invisible { get; } = new("PasswordInvisible", "Password");

    public static Problem OuterSpaces { get; } = new("PasswordOuterSpaces", "Password");

    /// <summary>Easily guessed, for none of the specific reasons.</summary>
    public static Problem TooWeak { get; } = new("PasswordTooWeak", "Password");

    public static Problem CommonWord { get; } = new("PasswordCommonWord", "Password");
    public static Problem OwnName { get; } = new("PasswordOwnName", "Password");
    public static Problem Date { get; } = new("PasswordDate", "Password");
    public static Problem Sequence { get; } = new("PasswordSequence", "Password");
    public static Problem Repeat { get; } = new("PasswordRepeat", "Password");
    public static Problem Keyboard { get; } = new("PasswordKeyboard", "Password");
}
