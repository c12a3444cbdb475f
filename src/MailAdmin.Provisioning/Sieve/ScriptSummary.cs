namespace MailAdmin.Provisioning.Sieve;

/// <summary>One <c>redirect</c> of a script.</summary>
/// <param name="Address">As the script has it; null where it depends on the message.</param>
/// <param name="KeepsCopy">The message stays in the mailbox too.</param>
/// <param name="IsConditional">Some messages alone.</param>
public sealed record ScriptRedirect(string? Address, bool KeepsCopy, bool IsConditional);

/// <summary>
/// What a Sieve script does with mail besides filing it (RFC 5228, 3894, 5229, 5230, 5429, 6609): read from its text alone.
/// </summary>
/// <param name="Redirects">In the order of the script, each address once.</param>
/// <param name="Senders">What its vacation answers are from; null stands for one that depends on the message.</param>
/// <param name="Includes">Names of the user's scripts that it runs too.</param>
/// <param name="IncludesUnknown">It also runs scripts that can't be told from its text, or that are the server's.</param>
public sealed record ScriptSummary(
    IReadOnlyList<ScriptRedirect> Redirects, bool Discards, bool Rejects, bool Answers, IReadOnlyList<string?> Senders,
    IReadOnlyList<string> Includes, bool IncludesUnknown)
{
    public static ScriptSummary Empty { get; } = new([], false, false, false, [], [], false);

    /// <summary>Nothing but filing.</summary>
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

    /// <summary>What both do together.</summary>
    public ScriptSummary With(ScriptSummary other) => new(
        Distinct(Redirects.Concat(other.Redirects)), Discards || other.Discards, Rejects || other.Rejects, Answers || other.Answers,
        [.. Senders.Concat(other.Senders).Distinct(StringComparer.OrdinalIgnoreCase)],
        [.. Includes.Concat(other.Includes).Distinct(StringComparer.Ordinal)], IncludesUnknown || other.IncludesUnknown);

    private static bool IsOwn(SieveAction include) =>
        !include.Tags.Contains("global") && include.Argument is { } name && Constant(name) is not null;

    private static ScriptRedirect RedirectOf(SieveAction action) =>
        new(action.Argument is { } address ? Constant(address) : null, action.Tags.Contains("copy") || action.IsKept, action.IsConditional);

    // What holds a variable or an encoded character is known when a message comes (RFC 5229, section 3; RFC 5228, section 2.4.2.4).
    private static string? Constant(string text) => text.Contains("${", StringComparison.Ordinal) ? null : text.Trim();

    // Two ways to one address: it gets a message by either, and a copy stays only where both leave one.
    private static IReadOnlyList<ScriptRedirect> Distinct(IEnumerable<ScriptRedirect> redirects) =>
        [.. redirects.GroupBy(r => r.Address, StringComparer.OrdinalIgnoreCase)
            .Select(g => new ScriptRedirect(g.First().Address, g.All(r => r.KeepsCopy), g.All(r => r.IsConditional)))];
}
