using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Passwords;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Backups;

/// <summary>A copy of the database in another place, with services of its own, which know no mail server.</summary>
/// <param name="installation">The panel's own database options.</param>
/// <param name="file">The copy.</param>
/// <param name="keyFile">The key of its secrets; it is created if a secret is needed and it does not exist.</param>
public sealed class DatabaseCopy(DatabaseOptions installation, string file, string keyFile) : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddMailAdminCore(installation.At(file, keyFile), new PasswordOptions()).BuildServiceProvider();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The latest of the migrations that it has, and of those that this version knows.</summary>
    public async Task<(string? Applied, IReadOnlyList<string> Known)> SchemaAsync(CancellationToken cancellationToken)
    {
        await using var context = Get<MailDatabase>().Open();
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        return (applied.Max(StringComparer.Ordinal), [.. context.Database.GetMigrations()]);
    }

    public async Task<BackupCounts> CountAsync(CancellationToken cancellationToken)
    {
        await using var context = Get<MailDatabase>().Open();
        return new(
            await context.Domains.LongCountAsync(cancellationToken),
            await context.Accounts.LongCountAsync(a => a.State != AccountState.Deleted, cancellationToken),
            await context.Addresses.LongCountAsync(cancellationToken), await context.Users.LongCountAsync(cancellationToken),
            await context.AuditEvents.LongCountAsync(cancellationToken));
    }

    /// <summary>Closes the copy, so that its file can be moved or read as a whole.</summary>
    public async ValueTask DisposeAsync()
    {
        Get<IDatabaseProvider>().CloseConnections();
        await _services.DisposeAsync();
    }
}
