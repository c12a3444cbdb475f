namespace MailAdmin.Provisioning.Sieve;

/// <summary>One <c>redirect</c> of a script.</summary>
/// <param name="Address">As in the script; null if it depends on the message.</param>
/// <param name="KeepsCopy">The message is kept in the mailbox too.</param>
/// <param name="IsConditional">It applies to some messages only.</param>
public sealed record ScriptRedirect(string? Address, bool KeepsCopy, bool IsConditional);

/// <summary>The actions of a Sieve script other than filing (RFC 5228, 3894, 5229, 5230, 5429, 6609), read from its text only.</summary>
/// <param name="Redirects">In the script's order, each address once.</param>
/// <param name="Senders">The From addresses of its vacation answers; null stands for one that depends on the message.</param>
/// <param name="Includes">Names of the user's other scripts that it runs.</param>
/// <param name="IncludesUnknown">It also runs the server's scripts, or scripts whose names its text does not tell.</param>
public sealed record ScriptSummary(
    IReadOnlyList<ScriptRedirect> Redirects, bool Discards, bool Rejects, bool Answers, IReadOnlyList<string?> Senders,
    IReadOnlyList<string> Includes, bool IncludesUnknown)
{
    public static ScriptSummary Empty { get; } = new([], false, false, false, [], [], false);

    /// <summary>Whether the script only files mail.</summary>
    public bool IsHarmless => this is { Redirects.Count: 0, Discards: false, Rejects: false, Answers: false, IncludesUnknown: false };

    public static ScriptSummary Of(string script)
    {
        var commands = SieveActions.Of(script);
        var includes = commands.Where(c => c.Name == "include").ToList();
        var vacations = commands.Where(c => c.Name == "vacation").ToList();
        return new(
            Distinct(commands.Where(c => c.Name == "redirect").Select(RedirectOf)),
            commands.Any(c => c.Name == "discard"), commands.Any(c => c.Name is "reject" or "ereject"), vacations.Count > 0,
            [.. vacations.Where(v => v.From is not null).Select(v => Constant(v.From!)).Distinct(StringComparer.OrdinalIgnoreCase)],
            [.. includes.Where(IsOwn).Select(i => i.Argument!).Distinct(StringComparer.Ordinal)], includes.Any(i => !IsOwn(i)));
    }

    /// <summary>The actions of both scripts together.</summary>
    public ScriptSummary With(ScriptSummary other) => new(
        Distinct(Redirects.Concat(other.Redirects)), Discards || other.Discards, Rejects || other.Rejects, Answers || other.Answers,
        [.. Senders.Concat(other.Senders).Distinct(StringComparer.OrdinalIgnoreCase)],
        [.. Includes.Concat(other.Includes).Distinct(StringComparer.Ordinal)], IncludesUnknown || other.IncludesUnknown);

    private static bool IsOwn(SieveAction include) =>
        !include.Tags.Contains("global") && include.Argument is { } name && Constant(name) is not null;

    private static ScriptRedirect RedirectOf(SieveAction action) =>
        new(action.Argument is { } address ? Constant(address) : null, action.Tags.Contains("copy") || action.IsKept, action.IsConditional);

    // Text with a variable or an encoded character is known only when a message arrives (RFC 5229, section 3; RFC 5228, section 2.4.2.4).
    private static string? Constant(string text) => text.Contains("${", StringComparison.Ordinal) ? null : text.Trim();

    // If two redirects lead to one address, it gets a message through either, and a copy is certain only if both keep one.
    private static IReadOnlyList<ScriptRedirect> Distinct(IEnumerable<ScriptRedirect> redirects) =>
        [.. redirects.GroupBy(r => r.Address, StringComparer.OrdinalIgnoreCase)
            .Select(g => new ScriptRedirect(g.First().Address, g.All(r => r.KeepsCopy), g.All(r => r.IsConditional)))];
}
