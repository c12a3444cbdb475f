using MailAdmin.Core.Data;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Makes external destinations local if they name an address whose mail may go elsewhere after this transaction. Runs first, because it
/// changes the model.
/// </summary>
internal sealed class DestinationLocalizationStep : ITransactionStep
{
    public bool IsPreviewed => true;

    public async Task RunAsync(MailWrite write, CancellationToken cancellationToken) =>
        await DestinationLocalizer.LocalizeAsync(write, (await write.AffectedOwnersAsync(cancellationToken)).Addresses, cancellationToken);
}
