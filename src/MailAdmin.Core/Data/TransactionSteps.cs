using MailAdmin.Core.Audit;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Vacations;

namespace MailAdmin.Core.Data;

/// <summary>Something that follows from what a transaction has changed, and is committed with it.</summary>
internal interface ITransactionStep
{
    /// <summary>A preview shows what it does: it is part of dry runs.</summary>
    bool IsPreviewed { get; }

    /// <param name="write">The work is done and saved. What a step saves is observed like the work itself.</param>
    /// <param name="token">Stops.</param>
    Task RunAsync(MailWrite write, CancellationToken token);
}

/// <summary>The steps that complete every transaction.</summary>
internal static class TransactionSteps
{
    /// <summary>In the order in which they run: each sees what those before it have changed.</summary>
    public static IReadOnlyList<ITransactionStep> InOrder { get; } =
    [
        new DestinationLocalizationStep(),
        new MapPublicationStep(),
        new ScriptRenewalStep(),
        new AuditStep(),
    ];
}
