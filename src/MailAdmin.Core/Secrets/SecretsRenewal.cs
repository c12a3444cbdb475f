using System.Xml.Linq;
using MailAdmin.Core.Data;
using MailAdmin.Core.SecondFactors;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Secrets;

/// <summary>
/// Older versions stored the data protection keys unencrypted in the database, and encrypted the secrets of authenticator apps with them.
/// At the first start of this version the secrets are encrypted again and those keys are removed. Sessions end with the keys; second
/// factors continue to work.
/// </summary>
public sealed class SecretsRenewal(MailDatabase database, AuthenticatorSecrets secrets)
{
    /// <returns>
    /// The number of authenticator secrets that cannot be opened, because the key file is not the one that they were encrypted with.
    /// </returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var kept = await context.AdminAuthenticators.ToListAsync(cancellationToken);
        if (await Plain(context).AnyAsync(cancellationToken)) await RenewAsync(cancellationToken);
        return kept.Count(a => AuthenticatorSecrets.IsSealed(a.Secret) && secrets.Unseal(a.Secret, a.AdminId) is null);
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        await database.ExecuteWithoutAuditAsync(async context =>
        {
            // Deleted data is overwritten, because it could otherwise be read from the file's free pages.
            await context.Database.ExecuteSqlRawAsync("PRAGMA secure_delete=ON", cancellationToken);
            var plain = await Plain(context).ToListAsync(cancellationToken);
            await using var former = FormerProtection([.. plain.Select(k => XElement.Parse(k.Xml!))]);
            var protector = former.GetRequiredService<IDataProtectionProvider>().CreateProtector(AuthenticatorSecrets.Purpose);
            foreach (var app in await context.AdminAuthenticators.ToListAsync(cancellationToken))
                app.Secret = secrets.Renew(app.Secret, app.AdminId, protector);
            context.DataProtectionKeys.RemoveRange(plain);
            return plain.Count;
        }, cancellationToken);
        // The write-ahead log contains the data as well.
        await using var after = database.Open();
        await after.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
    }

    private static IQueryable<Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey> Plain(MailContext context) =>
        context.DataProtectionKeys.Where(k => k.Xml != null && k.Xml.Contains("<masterKey") && !k.Xml.Contains("<encryptedSecret"));

    // A separate service provider is used because the panel's own data protection would continue to use these keys once it has read them.
    private static ServiceProvider FormerProtection(IReadOnlyCollection<XElement> keys)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName(SecondFactorServices.ApplicationName).DisableAutomaticKeyGeneration();
        services.Configure<KeyManagementOptions>(o => o.XmlRepository = new FixedKeys(keys));
        return services.BuildServiceProvider();
    }

    private sealed class FixedKeys(IReadOnlyCollection<XElement> keys) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => keys;

        public void StoreElement(XElement element, string friendlyName) => throw new NotSupportedException();
    }
}
