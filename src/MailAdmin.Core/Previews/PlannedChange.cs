using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Previews;

/// <summary>
/// A change that is ready to be made: a page shows first what it would do, and it is made when somebody has confirmed just that. A dry run
/// and the change are the same work (docs/decisions/0018).
/// </summary>
public sealed class PlannedChange<T>
{
    private readonly MailDatabase _database;
    private readonly Actor _actor;
    private readonly Func<MailWrite, Task<Result<T>>> _work;

    internal PlannedChange(MailDatabase database, Actor actor, Func<MailWrite, Task<Result<T>>> work) =>
        (_database, _actor, _work) = (database, actor, work);

    /// <summary>Says what would change, or why it can't; nothing is written.</summary>
    /// <param name="cancellationToken">Whoever asked is gone.</param>
    public Task<DryRun<T>> DryRunAsync(CancellationToken cancellationToken = default) =>
        _database.DryRunAsync(_actor, _work, cancellationToken);

    /// <summary>
    /// Makes the change if its effects still have the stamp that was shown; else the answer is <see cref="PreviewProblems.Differs"/>.
    /// </summary>
    /// <param name="stamp">As a dry run gave it, and the form carried it; null is no confirmation.</param>
    public Task<Result<T>> ConfirmAsync(string? stamp) => _database.ConfirmAsync(_actor, stamp, _work);

    /// <summary>Makes the change without anybody having been asked.</summary>
    public Task<Result<T>> MakeAsync() => _database.WriteAsync(_actor, _work);
}

/// <summary>What a change would have done.</summary>
/// <param name="Result">As the change itself would have answered.</param>
/// <param name="Effects">Null when the change was refused before it had any.</param>
public sealed record DryRun<T>(Result<T> Result, Effects? Effects);

/// <summary>Why a confirmed change was not made.</summary>
public static class PreviewProblems
{
    /// <summary>Something that it touches was changed since it was shown.</summary>
    public static Problem Differs { get; } = new("PreviewDiffers");
}
