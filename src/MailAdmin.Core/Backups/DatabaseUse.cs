using MailAdmin.Core.Data;

namespace MailAdmin.Core.Backups;

/// <summary>Says, as long as this process runs, that it uses the database, so that no restore replaces it meanwhile.</summary>
public sealed class DatabaseUse(IDatabaseProvider provider) : IDisposable
{
    private IDisposable? _use;

    /// <param name="isCommand">Whether this process is a command, which ends by itself.</param>
    /// <returns>False while the database is being restored or upgraded.</returns>
    public bool TryBegin(bool isCommand = false)
    {
        try
        {
            return (_use ??= isCommand ? provider.TryUseInCommand() : provider.TryUse()) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // On a full or read-only disk the panel still answers logins. Only a restore does not see it then.
            return true;
        }
    }

    public void Dispose() => _use?.Dispose();
}
