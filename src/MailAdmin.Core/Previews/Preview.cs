using MailAdmin.Core.Results;

namespace MailAdmin.Core.Previews;

/// <summary>
/// A change that is shown before it is made. It is rehearsed by the same code, in a transaction that is rolled back; when it is confirmed, it is
/// made only if it still does exactly what was shown.
/// </summary>
public sealed class Preview
{
    private readonly string? _stamp;

    private Preview(string? stamp) => _stamp = stamp;

    /// <summary>Shows what would change; nothing is written.</summary>
    public static Preview DryRun() => new(null);

    /// <summary>Makes the change if its effects still have the stamp that was shown; else the answer is <see cref="PreviewProblems.Differs"/>.</summary>
    public static Preview Confirmed(string? stamp) => new(stamp ?? "");

    /// <summary>What would change, or has; null when the change was refused before it had any effect.</summary>
    public Effects? Effects { get; private set; }

    internal bool IsDryRun => _stamp is null;

    /// <summary>Whether the transaction may be committed.</summary>
    internal bool Allows(Effects effects)
    {
        Effects = effects;
        return effects.Stamp == _stamp;
    }

    internal void Show(Effects effects) => Effects = effects;
}

/// <summary>Why a confirmed change was not made.</summary>
public static class PreviewProblems
{
    /// <summary>Something that it touches was changed since it was shown.</summary>
    public static Problem Differs { get; } = new("PreviewDiffers");
}
