using MailAdmin.Core.MailboxCopies;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>A copy can't go on.</summary>
/// <param name="failure">Why.</param>
/// <param name="words">The server's own words, or null.</param>
public sealed class CopyException(CopyFailure failure, string? words = null, Exception? inner = null)
    : Exception($"{failure}: {words}", inner)
{
    public CopyFailure Failure { get; } = failure;

    public string? ResponseText { get; } = words;

    /// <summary>Whether trying again later may help by itself.</summary>
    public bool IsPassing => Failure is CopyFailure.NoAnswer or CopyFailure.SourceLost or CopyFailure.TargetLost;
}
