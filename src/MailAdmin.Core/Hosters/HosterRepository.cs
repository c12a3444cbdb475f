using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Hosters;

/// <summary>The settings of the hoster, which every page needs: kept in memory, so that none asks the database.</summary>
public sealed class HosterRepository(MailDatabase database) : IDisposable
{
    // What was read later is also kept later.
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Hoster _current = new();

    /// <summary>As last read; not to be changed. Everything is null until something was set.</summary>
    public Hoster Current => _current;

    /// <summary>Reads them anew when they have changed: after a change here, and now and then for changes made elsewhere.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var context = database.Open();
            var version = await context.Hosters.TagWith("hoster").Select(h => h.Version).SingleOrDefaultAsync(cancellationToken);
            if (version != _current.Version) _current = await context.Hosters.SingleOrDefaultAsync(cancellationToken) ?? new();
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
