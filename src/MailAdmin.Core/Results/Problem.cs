namespace MailAdmin.Core.Results;

/// <summary>Something that the user can correct.</summary>
/// <param name="Code">Key of the text that explains it in each language; it is never shown itself.</param>
/// <param name="Field">The field of the request that it concerns, or null if it concerns the whole request.</param>
/// <param name="Args">Values for the text: an address, a limit in KiB, the refused characters.</param>
public sealed record Problem(string Code, string? Field = null, params object[] Args)
{
    /// <summary>Link to the page of its subject; null if there is none.</summary>
    public ProblemLink? Link { get; init; }

    /// <summary>The same problem, shown beside <paramref name="field"/>.</summary>
    public Problem At(string field) => this with { Field = field };
}
