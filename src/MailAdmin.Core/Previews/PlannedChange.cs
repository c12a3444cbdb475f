using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Previews;

/// <summary>
/// A change that is ready to be made. A page first shows its effects; it is made once the user has confirmed exactly those. The dry run and
/// the change run the same work (docs/decisions/0018).
/// </summary>
public sealed class PlannedChange<T>
{
    private readonly MailDatabase _database;
    private readonly Actor _actor;
    private readonly Func<MailWrite, Task<Result<T>>> _work;

    internal PlannedChange(MailDatabase database, Actor actor, Func<MailWrite, Task<Result<T>>> work) =>
        (_database, _actor, _work) = (database, actor, work);

    /// <summary>Returns the effects of the change, or why it is refused; nothing is written.</summary>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    public Task<DryRun<T>> DryRunAsync(CancellationToken cancellationToken = default) =>
        _database.DryRunAsync(_actor, _work, cancellationToken);

    /// <summary>
    /// Makes the change if its effects still have the stamp that was shown; otherwise returns <see cref="PreviewProblems.Differs"/>.
    /// </summary>
    /// <param name="stamp">The stamp from a dry run, as the form returned it; null confirms nothing.</param>
    public Task<Result<T>> ConfirmAsync(string? stamp, CancellationToken cancellationToken = default) =>
        _database.ConfirmAsync(_actor, stamp, _work, cancellationToken);

    /// <summary>Makes the change without confirmation.</summary>
    public Task<Result<T>> MakeAsync(CancellationToken cancellationToken = default) =>
        _database.WriteAsync(_actor, _work, cancellationToken);
}

/// <summary>The outcome that a change would have.</summary>
/// <param name="Result">The result that the change itself would return.</param>
/// <param name="Effects">Null if the change was refused.</param>
public sealed record DryRun<T>(Result<T> Result, Effects? Effects);

/// <summary>Reasons why a confirmed change was not made.</summary>
public static class PreviewProblems
{
    /// <summary>Something that the change affects has changed since it was shown.</summary>
    public static Problem Differs { get; } = new("PreviewDiffers");
}
