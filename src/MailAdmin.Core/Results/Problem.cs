namespace MailAdmin.Core.Results;

/// <summary>Something that a person can put right.</summary>
/// <param name="Code">Names the text that explains it, in each language; never shown itself.</param>
/// <param name="Field">The field of the request that it belongs to, or null when it belongs to the whole of it.</param>
/// <param name="Args">What the text mentions: an address, a limit in KiB, the characters refused.</param>
public sealed record Problem(string Code, string? Field = null, params object[] Args)
{
    /// <summary>What it is about, where there is a page for it; null for most.</summary>
    public ProblemLink? Link { get; init; }

    /// <summary>The same problem, told beside <paramref name="field"/>.</summary>
    public Problem At(string field) => this with { Field = field };
}
