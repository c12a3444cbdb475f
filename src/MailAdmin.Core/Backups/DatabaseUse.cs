using MailAdmin.Core.Data;

namespace MailAdmin.Core.Backups;

/// <summary>Says, as long as this process runs, that it uses the database, so that no restore replaces it meanwhile.</summary>
public sealed class DatabaseUse(IDatabaseProvider provider) : IDisposable
{
    private IDisposable? _use;

    /// <returns>False while the database is being restored.</returns>
    public bool TryBegin() => (_use ??= provider.TryUse()) is not null;

    public void Dispose() => _use?.Dispose();
}
