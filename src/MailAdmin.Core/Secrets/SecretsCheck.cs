using MailAdmin.Core.Data;
using MailAdmin.Core.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Secrets;

/// <summary>Checks at start that the key file is the one that the database's secrets were encrypted with.</summary>
public sealed class SecretsCheck(MailDatabase database, AuthenticatorSecrets secrets)
{
    /// <summary>The number of authenticator secrets that cannot be opened: their admins have to set up their apps again.</summary>
    public async Task<int> CountLostAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var kept = await context.AdminAuthenticators.ToListAsync(cancellationToken);
        return kept.Count(a => secrets.Unseal(a.Secret, a.AdminId) is null);
    }
}
