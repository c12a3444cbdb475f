using MailAdmin.Core.Audit;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Vacations;

namespace MailAdmin.Core.Data;

/// <summary>Follow-up work that depends on a transaction's changes and is committed with it.</summary>
internal interface ITransactionStep
{
    /// <summary>Whether a preview shows its effects, so that dry runs include it.</summary>
    bool IsPreviewed { get; }

    /// <param name="write">The transaction; its work is done and saved. Saves of a step are observed like those of the work itself.</param>
    /// <param name="cancellationToken">Cancels the step.</param>
    Task RunAsync(MailWrite write, CancellationToken cancellationToken);
}

/// <summary>The steps that complete every transaction.</summary>
internal static class TransactionSteps
{
    /// <summary>The steps in the order in which they run: each sees the changes of those before it.</summary>
    public static IReadOnlyList<ITransactionStep> InOrder { get; } =
    [
        new DestinationLocalizationStep(),
        new MapPublicationStep(),
        new ScriptRenewalStep(),
        new AuditStep(),
    ];
}
