using MailAdmin.Core.Data;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Makes external destinations local that name an address whose mail may go elsewhere by now. It changes the model, so it comes first.
/// </summary>
internal sealed class DestinationLocalizationStep : ITransactionStep
{
    public bool IsPreviewed => true;

    public async Task RunAsync(MailWrite write, CancellationToken token) =>
        await DestinationLocalizer.LocalizeAsync(write, (await write.AffectedOwnersAsync(token)).Addresses, token);
}
